"""The search's own word lists for each language.

``BASE``: short everyday words about homes, locks and neighbours, so that a compound such as "dørlås" is split although
no article uses "lås" alone. ``SMALL``: words that carry no subject; they are neither searched for nor part of a
compound (else "forbud" would be found by "for"). ``LINKS``: letters that join two parts. ``ENDINGS``: inflections,
longest first.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _in_order(text: str) -> tuple[str, ...]:
    return tuple(text.split())


BASE = {
    "da": _words(
        """
        adfærd adgang aftale aften alarm andel anmeldelse avis barn batteri behov besøg betjent bevægelse bil
        billede bolig bord bolt bopæl brev brud bud by bygning bælg cykel dag dirk drift dyr dør egen ejendom ejer
        ejerlejlighed ejerforening erstatning etage ferie film fjern fod folk forening forsikring forside forår fugl
        garage gade gang gavl gitter glas glæde gruppe grund gård haspe have hav hegn hoved hjem hjælp hjælper hund
        hus husstand hæk højttaler indboforsikring indbrud jul kamera kasse kontakt kort kost kælder køkken lampe
        lejer leje lejlighed lem ligger liste loft lys lås låge låse makker mand mappe mark mærke mærkning mur mål
        møde nabo nabohjælp nat navn nød nøgle område opgang ord overvågning park pakke pas penge plads plade plan
        politi port post postkasse pris rude række rum råd samtale sag sensor serie sikkerhed sikring skab
        skalsikring skade skilt skjul skov skur skydedør smykke sol sommer spor sprosse stige stik stue sted tag
        tegn telefon terrasse tid tilbud timer tomt trappe trin tryg tryghed tyv tyveri udlejer ur vagt vand
        vandring vej ven ventil viden vindue vinter væg værdi værdier værelse værktøj år øje
        """
    ),
    "sv": _words(
        """
        adress aktivitet alarm arbete avtal barn batteri besök bil bild bo boende bolag bord bostad bostadsrätt brev
        brott bruk by byggnad båt cykel dag del djur dna dörr fastighet fest film fönster förening förråd
        förrådsdörr försäkring garage gata glas granne grannar grannsamverkan grind grund grupp gård gäng hem hjälp
        hund hus hushåll hyra hyresgäst häck hänglås inbrott jul kamera kasse karm kod kompis kontakt kort kväll
        källare kök lampa larm lapp lista ljus lov lucka lägenhet lås medel märke märkning möte namn natt nyckel
        nycklar område ord ordning pengar pris polis port post princip rum ruta råd rätt samtal samverkan semester
        sensor skal skalskydd skada skydd skylt skåp smycke sommar spår stege stöld stöldskydd säkerhet tak telefon
        tid timer tips tjuv trappa trygghet tryck trädgård tjänst tävling vakt vandring vardag villa vind vinter
        vittne vägg väg värde värdesak vän äga ägare öga år
        """
    ),
    "en": _words(
        """
        alarm balcony bar basement bell bike bolt buddy burglar burglary camera card cellar chain cylinder dead dog
        door fence flat garage garden gate glass group hedge help hinge holiday home house insurance jewellery key
        ladder lamp latch letter light lock loft mail mark marking movement neighbour night owner padlock patio
        police post sensor shed sign street tenant thief timer tool watch window yard
        """
    ),
}

SMALL = {
    "da": _words(
        """
        ad af alle alt an at bag bare be blev blive bliver brug bruge da de dem den denne der deres det dette dig
        din dit dine disse dog du efter ej eller en end er et fem fire flere for fra få får gang gerne gå går gør
        gøre god godt ham han hans har have hen her hos hun hvad hvem hver hvilke hvilken hvilket hvis hvor hvordan
        hvorfor hvornår i igen ikke imod ind inde ingen ja jeg jer jo kan kun kunne lad lidt man mange med meget
        mellem men mere mig min mine mit mod må mit ned nej nogen noget nogle nok nu når nye og også om op os over
        på se selv ser sidst sin sit sine skal skulle som så tage tager ti til to tre ud uden under ved vi vil vor
        være vært været
        """
    ),
    "sv": _words(
        """
        alla allt att av bara be bli blir bort då de dem den denna deras dess det detta dig din dina ditt du där
        efter ej eller en er ett fem fler flera fram från få får för före genom ger gör göra ha hade han har hon hos
        hur här i igen in inga ingen inte ja jag kan kunna lite man med mellan men mer mest mig min mina mitt mot
        mycket må ned nej ni nog något några nu när nya och också om oss på samma se sig sin sina ska skall som så
        till tre två under upp ur ut utan vad var varför vara vem vi vid vilka vilken vill än är över
        """
    ),
    "en": _words(
        """
        a about all an and any are as at be been but by can could do does for from get had has have how i if in into
        is it its just me more my no not of off on or our out over should so some than that the their them then
        there they this to too up us was we what when where which who why will with would you your
        """
    ),
}

# A last letter that a first part loses: "källare" in "källarförråd", "skola" in "skolgård".
LOST_LETTERS = {"da": (), "sv": ("e", "a"), "en": ()}
LINKS = {"da": ("s", "e", "er"), "sv": ("s", "e", "a", "o", "u"), "en": ()}

ENDINGS = {
    "da": _in_order("ernes erne enes ene ers ens ets er en et es ede te e r s n t"),
    "sv": _in_order("ernas arnas ornas erna arna orna ens ets er ar or en et na an as e a s n t r"),
    "en": _in_order("ies ing ed es s"),
}

# The text search configurations that PostgreSQL is built with; the generated column names the same ones.
CONFIGURATIONS = {"da": "danish", "sv": "swedish", "en": "english"}
