"""What each mark from 1 to 5 means by a criterion, in three languages.

The texts of the five criteria that every round begins with are kept as the round's own, like their
names. Where a criterion has no texts, general words stand beside the marks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy

Anchors = Mapping[str, Sequence[str]]

LONGEST_ANCHOR = 200
MARKS = (1, 2, 3, 4, 5)

GENERAL: dict[int, str | Promise] = {
    1: pgettext_lazy("mark", "Weak"),
    2: pgettext_lazy("mark", "Fair"),
    3: pgettext_lazy("mark", "Good"),
    4: pgettext_lazy("mark", "Very good"),
    5: pgettext_lazy("mark", "Excellent"),
}

# In the order of `criteria.CRITERIA`.
DEFAULTS: tuple[Anchors, ...] = (
    {
        "fi": (
            "Ongelmaa ei näy tekstistä, tai se ei ole kohderyhmän oma.",
            "Ongelma mainitaan, mutta sen merkitys kohderyhmälle jää arvailun varaan.",
            "Ongelma on todellinen, mutta sen laajuus tai seuraukset jäävät ohuiksi.",
            "Tarve on tärkeä ja perusteltu: näkyy, keitä se koskee ja mitä siitä seuraa.",
            "Tarve on suuri ja osoitettu luvuin tai kokemuksin; ratkaisu muuttaisi arkea.",
        ),
        "sv": (
            "Problemet framgår inte av texten, eller så är det inte målgruppens eget.",
            "Problemet nämns, men vad det betyder för målgruppen får man gissa.",
            "Problemet är verkligt, men omfattningen eller följderna beskrivs tunt.",
            "Behovet är viktigt och motiverat: man ser vem det gäller och vad det leder till.",
            "Behovet är stort och visas med siffror eller erfarenheter; en lösning ändrar mycket.",
        ),
        "en": (
            "The text shows no problem, or it is not the target group's own.",
            "A problem is named, but what it means to the target group is left to guess.",
            "The problem is real, but its extent or its consequences stay thin.",
            "The need is important and reasoned: one sees whom it concerns and what follows.",
            "The need is great and shown by figures or experience; a solution changes daily life.",
        ),
    },
    {
        "fi": (
            "Jää epäselväksi, mitä pitäisi ratkaista.",
            "Aiheen ymmärtää, mutta ongelmia on monta tai kohderyhmä puuttuu.",
            "Pääasian ymmärtää, mutta tiimi joutuu kysymään paljon ennen kuin pääsee alkuun.",
            "Ongelma, kohderyhmä ja toivottu muutos ovat selvät; vain yksityiskohtia puuttuu.",
            "Alaa tuntematonkin ymmärtää heti, mitä ratkaistaan, kenelle ja mikä on onnistumista.",
        ),
        "sv": (
            "Det är oklart vad som borde lösas.",
            "Ämnet går att förstå, men problemen är många eller målgruppen saknas.",
            "Huvudsaken är klar, men teamet måste fråga mycket innan det kommer i gång.",
            "Problemet, målgruppen och den önskade förändringen är klara; bara detaljer saknas.",
            "Även en utomstående förstår genast vad som ska lösas, för vem och när det lyckas.",
        ),
        "en": (
            "It is unclear what should be solved.",
            "The subject is clear, but there are many problems or no target group.",
            "The main thing is clear, but the team must ask a lot before it can begin.",
            "Problem, target group and hoped change are clear; only details are missing.",
            "Even an outsider sees at once what is solved, for whom, and what success would be.",
        ),
    },
    {
        "fi": (
            "Yhdyshenkilöllä ei ole aikaa, eikä aineistoa ole tarjolla.",
            "Aikaa luvataan vähän, ja aineisto tai yhteys kohderyhmään puuttuu.",
            "Yhdyshenkilön tavoittaa, mutta aineisto tai tie kohderyhmän luo on vielä auki.",
            "Tukea saa viikoittain, aineistoa on, ja kohderyhmän luo on jokin tie.",
            "Viikoittainen tuki ja varahenkilö, valmis aineisto ja sovittu yhteys kohderyhmään.",
        ),
        "sv": (
            "Kontaktpersonen har ingen tid, och det finns inget material.",
            "Lite tid utlovas, och material eller kontakt med målgruppen saknas.",
            "Kontaktpersonen går att nå, men materialet eller vägen till målgruppen är öppen.",
            "Stöd varje vecka, material finns och det finns en väg till målgruppen.",
            "Stöd varje vecka, en ersättare, färdigt material och avtalad kontakt med målgruppen.",
        ),
        "en": (
            "The contact person has no time, and there is no material.",
            "Little time is promised, and material or a way to the target group is missing.",
            "The contact person can be reached, but material or the way to the group is open.",
            "Support every week, material at hand, and some way to the target group.",
            "Weekly support and a deputy, material ready, and access to the target group agreed.",
        ),
    },
    {
        "fi": (
            "Rutiinityötä tai valmis tilaus: mitään ei tarvitse keksiä.",
            "Hieman keksittävää, mutta aivan liian laaja tai suppea seitsemään viikkoon.",
            "Sopii projektiksi, kun sitä vielä rajataan tiimin kanssa.",
            "Uutta keksittävää, ja viiden hengen tiimi ehtii sen seitsemässä viikossa.",
            "Avoin ongelma, monta mahdollista ratkaisua ja selvä rajaus; sopii monelle alalle.",
        ),
        "sv": (
            "Rutinarbete eller en färdig beställning: inget behöver hittas på.",
            "Lite att hitta på, men alldeles för stort eller litet för sju veckor.",
            "Passar som projekt när det avgränsas tillsammans med teamet.",
            "Något nytt att hitta på, och ett team på fem hinner med det på sju veckor.",
            "Öppet problem, många möjliga lösningar och klar avgränsning; passar många områden.",
        ),
        "en": (
            "Routine work or a finished order: there is nothing to invent.",
            "A little to invent, but far too large or too small for seven weeks.",
            "Fits a project once it has been narrowed down with the team.",
            "Something new to invent, and a team of five can do it in seven weeks.",
            "An open problem, many possible solutions and clear limits; suits many fields.",
        ),
    },
    {
        "fi": (
            "Tuloksesta ei voi syntyä hankeaihiota.",
            "Hankeaihio on mahdollinen, mutta sopivaa rahoittajaa ei ole näkyvissä.",
            "Jokin rahasto voisi sopia, mutta yhteys sen tavoitteisiin on vielä löyhä.",
            "Sopiva rahasto ja tavoite on nimetty, ja tulosta voi viedä eteenpäin.",
            "Rahasto, tavoite ja jatkaja tiedetään: tuloksesta voi tehdä hakemuksen.",
        ),
        "sv": (
            "Resultatet kan inte bli en projektidé.",
            "En projektidé är möjlig, men ingen lämplig finansiär är i sikte.",
            "Någon fond kunde passa, men kopplingen till dess mål är ännu lös.",
            "En lämplig fond och ett mål är nämnda, och resultatet kan föras vidare.",
            "Fond, mål och den som fortsätter är kända: resultatet kan bli en ansökan.",
        ),
        "en": (
            "The result cannot become a project idea.",
            "A project idea is possible, but no suitable funder is in sight.",
            "Some fund might suit, but the link to its objectives is still loose.",
            "A suitable fund and objective are named, and the result can be taken further.",
            "Fund, objective and who goes on are known: the result can become an application.",
        ),
    },
)


def anchors_for(anchors: Anchors, language: str | None = None) -> list[str | Promise]:
    """Return what the marks 1–5 mean in a language.

    A text that is missing is the Finnish one, and where there is none a general word.

    :param anchors: a criterion's own texts.
    :param language: the present one when None.
    """
    own = anchors.get(language or get_language() or "fi", ())
    finnish = anchors.get("fi", ())
    return [_at(own, mark) or _at(finnish, mark) or GENERAL[mark] for mark in MARKS]


def _at(texts: Sequence[str], mark: int) -> str:
    return texts[mark - 1] if len(texts) >= mark else ""
