# Any Debian-based image with Python 3.11 or newer will do:
#   docker build --build-arg BASE_IMAGE=python:3.12-slim-bookworm .
# With compose, BASE_IMAGE in .env.
ARG BASE_IMAGE=python:3.13-slim-bookworm

# --- Everything that only the build needs -------------------------------------------------------
FROM ${BASE_IMAGE} AS build
WORKDIR /portal
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python3 -m venv /venv
COPY requirements.txt ./
RUN /venv/bin/pip install --no-cache-dir --no-deps --require-hashes --requirement requirements.txt
COPY . .
# Settings without servers: neither of these two commands asks one.
RUN export DATABASE_URL=postgres://build/build REDIS_URL=redis://build SECRET_KEY=build VAR_DIR=/var/lib/minno \
    && /venv/bin/python -m dev.messages compile \
    && /venv/bin/python -m django collectstatic --noinput --verbosity 0 --settings minno_portal.settings \
    && /venv/bin/python -m compileall -q minno_portal organisations rounds \
    && rm -rf dev tests demo \
    && mkdir -p /var/lib/minno/files

# --- What runs ----------------------------------------------------------------------------------
FROM ${BASE_IMAGE}
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && apt-get clean \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /portal --shell /usr/sbin/nologin minno
COPY --from=build /venv /venv
COPY --from=build /portal /portal
COPY --from=build --chown=10001:10001 /var/lib/minno /var/lib/minno
WORKDIR /portal
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    VAR_DIR=/var/lib/minno \
    BIND=0.0.0.0:8000 \
    XDG_CACHE_HOME=/tmp/cache \
    DJANGO_SETTINGS_MODULE=minno_portal.settings
USER 10001
EXPOSE 8000
VOLUME /var/lib/minno/files
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz/ready', timeout=4)"]
CMD ["gunicorn", "minno_portal.wsgi"]
