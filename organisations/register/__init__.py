"""The register of organisations and areas."""
