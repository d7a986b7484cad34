import type { Refusals } from '../en.ts';

/** Why something was refused, in Estonian. */
export const refusals: Refusals = {
  rules: {
    PLANNED_SIZE: 'Rühma kavandatud suurus peab jääma programmi väikseima ja suurima rühma vahele.',
    REHEARSAL:
      'Õppuseks loodut ei saa kasutada päris programmis ega päris inimest õppusel. Programm, millel on rühm, jääb selleks, mis ta on, ja programm, millel on üritus, väide või allikas, ei muutu õppuseks.',
    TARGET_GROUP: 'Esitada saab ainult programmi sihtrühmade inimesi.',
    DIRECTION:
      'Politseiametnikud sõidavad Loode-Venemaale, delegaadid Põhjamaadesse; kumbki pool märgib enda omad.',
    ALREADY_NOMINATED: 'Kedagi ei saa rühma kaks korda esitada.',
    ALREADY_DECIDED: 'Otsus kehtib, kuni see uuesti avatakse.',
    WITHDRAWN: 'Tagasivõtmine on lõplik.',
    NOT_MEMBER:
      'Ainult rühma liige saab selle külastuselt puududa või selle kohtumistel osaleda. Dokumente vormistatakse ainult liikmetele ja varuliikmetele.',
    NOT_GONE:
      'Asendada saab samast rühmast ainult seda, kes on tagasi lükatud, vabastatud või tagasi võetud või kes puudub külastuse esimesest päevast.',
    REPLACED: 'Kedagi ei saa asendada kaks korda.',
    OVERLAPPING_GROUPS: 'Keegi ei saa sõita korraga kahes rühmas.',
    OVERLAPPING_VISITS: 'Rühm saab olla korraga ainult ühel külastusel.',
    AUTHORITY:
      'Valikul tuleb nimetada kohalik asutus, kes otsustas koos bürooga: organisatsioon või vähemalt kolmetäheline nimi.',
    ACCEPTED:
      'Võrgustik peab vastu võetud liikme enne vabastama, kui esitamise saab tagasi võtta või uuesti avada.',
    OUTSIDE_PROGRAMME: 'Kuupäev peab jääma rühma programmi aastatesse.',
    OUTSIDE_VISIT: 'Peatuse või puudumise päev peab jääma külastuse sisse.',
    HOST_COUNTRY:
      'Külastust võõrustavad võrgustiku riigid või Venemaa, olenevalt suunast. Peatus ja selle võõrustaja peavad olema võõrustavas riigis. Rühmi koordineerivad, kinnitavad ja võtavad vastu ainult Venemaal asuvad bürood.',
    CLOSED:
      'Büroo peab olema avatud kõigil päevadel, mil ta midagi korraldab, kinnitab, koordineerib või läbi viib.',
    SITE_ELSEWHERE: 'Peatuse koht peab olema riigis, mis peatust võõrustab.',
    EXPERT_ELSEWHERE: 'Ekspert ei saa olla korraga kahel külastusel.',
    EXPERT_ROLE: 'Eksperdi roll peab olema üks neist, mida tema politsei pakub.',
    EXPERT_LANGUAGES: 'Eksperdi keeled külastusel peavad olema keeled, mida ta oskab.',
    ALREADY_ASSIGNED: 'Eksperdil saab külastusel olla iga roll ainult üks kord.',
    NOT_ASSIGNED: 'Lähetada või keelduda saab ainult eksperdist, keda võrgustik on küsinud.',
    NOT_LENT: 'Tagasi võtta saab ainult lähetatud eksperti.',
    NOT_DECIDED: 'Uuesti avada saab ainult esitamist, mille kohta on otsus.',
    NOT_CALLED_OFF: 'Taastada saab ainult tühistatud peatust.',
    NOMINATED: 'Programmi sihtrühmi ja rühmade suurusi ei saa pärast esimest esitamist muuta.',
    NOT_SELECTED: 'Rühmal peavad enne juhendamist ja lahkumist olema valitud liikmed.',
    NOT_BRIEFED: 'Rühm vajab enne Põhjamaadesse lahkumist juhendamist.',
    UNCONFIRMED_STOP:
      'Iga peatuse võõrustaja peab selle praegusel kujul kinnitama, enne kui rühm lahkub.',
    NOT_DEPARTED: 'Lahkumine tuleb märkida enne naasmist ja enne seda, kas peatus toimus.',
    NOT_RETURNED: 'Kokkuvõte ja aruanded eeldavad naasmist.',
    NOT_TRAVELLED:
      'Aruanne peab olema liikmelt, kes oli rühmaga külastusel ega puudunud esimesest päevast.',
    FUTURE: 'Toimunu päev ei saa olla tänasest hilisem.',
    DATE_ORDER:
      'Samm ei saa olla varasem kui see, millele ta järgneb. Lahkumine kõige rohkem kaks päeva enne külastuse esimest päeva ja mitte pärast viimast; naasmine kuni 30 päeva pärast viimast päeva.',
    TOO_LATE: 'Kokkuvõte, aruanne või allkiri peab olema kuni kaks aastat pärast programmi lõppu.',
    DEPARTED: 'Rühma ettevalmistust ei saa pärast lahkumist muuta.',
    CONFIRMED: 'Kinnitatud peatuse saab tühistada, kuid mitte eemaldada.',
    RETURNED:
      'Külastust ei saa pärast naasmist muuta. Kõigilt külastustelt naasnud rühma ei saa tühistada ega uuesti saata.',
    CANCELLED: 'Tühistatud rühma, külastust ega peatust ei saa muuta.',
    EVALUATED: 'Hinnatud programmi ei saa muuta, välja arvatud veel oodatavad aruanded.',
    UNDER_WAY:
      'Hinnanguks on vaja rühmi. Igaüks peab olema tühistatud või naasnud ja aruande esitanud.',
    ALREADY_SIGNED: 'Kumbki pool saab hinnangu allkirjastada ainult üks kord.',
    REFERRED_TO: 'Kirjet ei saa eemaldada ega sammu tagasi võtta, kuni sellele toetub teine kirje.',
    DUPLICATE: 'See on juba kirjas. Kui see on tõesti teine, märkige seda.',
    NOT_SIGNED: 'Allkirja, mida tagasi võtta, ei ole.',
    ERASED: 'Kustutatud inimesele ei saa andmeid lisada.',
  },
  situations: {
    NOT_IN_NETWORK:
      'Külastust saavad võõrustada ainult Venemaa ja riigid, mille politsei on võrgustikus.',
    NO_MEMBER_COUNTRY:
      'Loode-Venemaa rühma külastust peab võõrustama vähemalt üks võrgustiku riik.',
    NOT_RUSSIA: 'Põhja- ja Baltimaade rühma külastust peab võõrustama Venemaa.',
    STOP_ABROAD: 'Peatuse riik peab olema üks külastust võõrustavatest riikidest.',
    STOP_REMAINS:
      'Riik, kus on peatus, peab külastust edasi võõrustama. Eemaldage või tühistage enne selle peatused.',
    STOP_ELSEWHERE: 'Peatust saab kinnitada ainult riik, mis seda võõrustab.',
    VISIT_ELSEWHERE: 'Võõrustamist saab pakkuda ja kinnitada ainult riik, mis külastust võõrustab.',
    OFFICE_ELSEWHERE:
      'Rühmi koordineerib, võõrustab ja võtab vastu ning nende peatusi kinnitab ainult Venemaal asuv büroo.',
  },
  codes: {
    BAD_USER_INPUT: 'Väärtus ei sobi: {{argument}}.',
    NOT_FOUND: 'Sellist kirjet ei ole.',
    GROUP_FULL: 'Rühm on saavutanud programmi suurima suuruse. Vabastage enne üks liige.',
    DANGLING_REFERENCE: 'Kirjet, millele siin viidatakse, ei ole olemas.',
    OVERLOADED: 'Server on hõivatud; midagi ei muudetud. Proovige hiljem uuesti.',
    RATE_LIMITED: 'Liiga palju päringuid. Oodake veidi.',
  },
};
