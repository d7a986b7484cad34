import type { Refusals } from '../en.ts';

/** Why something was refused, in Danish. */
export const refusals: Refusals = {
  rules: {
    PLANNED_SIZE:
      'Gruppens planlagte størrelse skal ligge mellem programmets mindste og største gruppe.',
    REHEARSAL:
      'Intet, der er lavet til øvelser, kan bruges i et rigtigt program, og ingen rigtig person i en øvelse. Et program med en gruppe forbliver, hvad det er, og et med et arrangement, et udsagn eller en kilde bliver ikke til en øvelse.',
    TARGET_GROUP: 'Kun personer fra programmets målgrupper kan indstilles.',
    DIRECTION:
      'Politifolk rejser til Nordvestrusland, delegerede til de nordiske lande; hver side registrerer sine egne.',
    ALREADY_NOMINATED: 'Ingen kan indstilles to gange til en gruppe.',
    ALREADY_DECIDED: 'En afgørelse gælder, indtil den genåbnes.',
    WITHDRAWN: 'En tilbagetrækning er endelig.',
    NOT_MEMBER:
      'Kun en deltager i gruppen kan være fraværende fra dens besøg eller komme til dens møder. Kun deltagere og reserver har formaliteter.',
    NOT_GONE:
      'En afløser skal træde i stedet for en fra samme gruppe, der blev afvist, frigivet eller trukket tilbage, eller som er fraværende fra besøgets første dag.',
    REPLACED: 'Ingen kan afløses to gange.',
    OVERLAPPING_GROUPS: 'Ingen kan rejse i to grupper på samme tid.',
    OVERLAPPING_VISITS: 'En gruppe kan kun være på ét besøg ad gangen.',
    AUTHORITY:
      'En udvælgelse skal nævne den lokale myndighed, der afgjorde den sammen med kontoret: en organisation eller et navn på mindst tre bogstaver.',
    ACCEPTED:
      'Netværket skal frigive en optaget deltager, før indstillingen kan trækkes tilbage eller genåbnes.',
    OUTSIDE_PROGRAMME: 'Datoen skal ligge inden for årene for gruppens program.',
    OUTSIDE_VISIT: 'Dagen for et stop eller et fravær skal ligge inden for besøget.',
    HOST_COUNTRY:
      'Værter for et besøg er netværkets lande eller Rusland, efter dets retning. Et stop og dets vært skal være i et værtsland. Kun kontorer i Rusland koordinerer, bekræfter og møder grupper.',
    CLOSED:
      'Et kontor skal være åbent alle de dage, hvor det arrangerer, bekræfter, koordinerer eller holder noget.',
    SITE_ELSEWHERE: 'Stedet for et stop skal være i det land, der er vært for stoppet.',
    EXPERT_ELSEWHERE: 'En ekspert kan ikke være på to besøg samtidig.',
    EXPERT_ROLE: 'Ekspertens rolle skal være en, som hendes politi tilbyder.',
    EXPERT_LANGUAGES: 'Ekspertens sprog på et besøg skal være sprog, hun taler.',
    ALREADY_ASSIGNED: 'En ekspert kan kun have hver rolle én gang på et besøg.',
    NOT_ASSIGNED: 'Kun en ekspert, som netværket har bedt om, kan udlånes eller afvises.',
    NOT_LENT: 'Kun en udlånt ekspert kan trækkes tilbage.',
    NOT_DECIDED: 'Kun en indstilling med en afgørelse kan genåbnes.',
    NOT_CALLED_OFF: 'Kun et aflyst stop kan genoptages.',
    NOMINATED:
      'Programmets målgrupper og gruppestørrelser kan ikke ændres efter den første indstilling.',
    NOT_SELECTED: 'En gruppe skal have udvalgte deltagere før sin briefing og afrejse.',
    NOT_BRIEFED: 'En gruppe skal have en briefing før afrejsen til de nordiske lande.',
    UNCONFIRMED_STOP: 'Hvert stops vært skal bekræfte det, som det nu er, før gruppen rejser.',
    NOT_DEPARTED: 'Afrejsen skal registreres før hjemkomsten, og før om et stop fandt sted.',
    NOT_RETURNED: 'Debriefing og rapporter kræver en hjemkomst.',
    NOT_TRAVELLED:
      'En rapport skal være fra en deltager, der rejste med gruppen på besøget og ikke var fraværende fra første dag.',
    FUTURE: 'Dagen for noget, der er sket, må ikke være senere end i dag.',
    DATE_ORDER:
      'Et skridt må ikke være dateret før det, det følger efter. En afrejse højst to dage før besøgets første dag og ikke efter dets sidste; en hjemkomst højst 30 dage efter den sidste dag.',
    TOO_LATE:
      'En debriefing, rapport eller underskrift skal være højst to år efter programmets afslutning.',
    DEPARTED: 'Forberedelsen af en gruppe kan ikke ændres efter afrejsen.',
    CONFIRMED: 'Et bekræftet stop kan aflyses, men ikke fjernes.',
    RETURNED:
      'Et besøg kan ikke ændres efter hjemkomsten. En gruppe, der er hjemme fra alle besøg, kan ikke aflyses eller rejse igen.',
    CANCELLED: 'En aflyst gruppe, et aflyst besøg og et aflyst stop kan ikke ændres.',
    EVALUATED: 'Et evalueret program kan ikke ændres, bortset fra rapporter, der stadig ventes.',
    UNDER_WAY:
      'En evaluering kræver grupper. Hver skal være aflyst eller være hjemme og have afleveret en rapport.',
    ALREADY_SIGNED: 'Hver side kan kun underskrive en evaluering én gang.',
    REFERRED_TO:
      'En post kan ikke fjernes, og et skridt ikke gøres om, så længe en anden post bygger på det.',
    DUPLICATE: 'Dette er allerede registreret. Er det virkelig et andet, så angiv det.',
    NOT_SIGNED: 'Der er ingen underskrift at trække tilbage.',
    ERASED: 'Der kan ikke tilføjes data til en slettet person.',
  },
  situations: {
    NOT_IN_NETWORK: 'Kun Rusland og lande, hvis politi er i netværket, kan være vært for et besøg.',
    NO_MEMBER_COUNTRY:
      'Mindst ét af netværkets lande skal være vært for et besøg af en gruppe fra Nordvestrusland.',
    NOT_RUSSIA:
      'Rusland skal være vært for et besøg af en gruppe fra de nordiske og baltiske lande.',
    STOP_ABROAD: 'Et stops land skal være et af de lande, der er værter for besøget.',
    STOP_REMAINS:
      'Et land med et stop skal fortsat være vært for besøget. Fjern eller aflys dets stop først.',
    STOP_ELSEWHERE: 'Et stop kan kun bekræftes af det land, der er vært for det.',
    VISIT_ELSEWHERE: 'Kun et land, der er vært for besøget, kan tilbyde og bekræfte værtskabet.',
    OFFICE_ELSEWHERE:
      'Kun et kontor i Rusland koordinerer, er vært for og møder grupper og bekræfter deres stop.',
  },
  codes: {
    BAD_USER_INPUT: 'Værdien er ikke gyldig: {{argument}}.',
    NOT_FOUND: 'Posten findes ikke.',
    GROUP_FULL: 'Gruppen har nået programmets største størrelse. Frigiv en deltager først.',
    DANGLING_REFERENCE: 'Den post, der henvises til, findes ikke.',
    OVERLOADED: 'Serveren har travlt; intet er ændret. Prøv igen senere.',
    RATE_LIMITED: 'For mange forespørgsler. Vent lidt.',
  },
};
