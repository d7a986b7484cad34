import type { TextsOf } from '../en.ts';
import type { vocabulary as english } from '../en/vocabulary.ts';

export const vocabulary: TextsOf<typeof english> = {
  directions: {
    NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA: 'Fra de nordiske og baltiske lande til Rusland',
    NORTH_WEST_RUSSIA_TO_NORDIC: 'Fra Rusland til de nordiske lande',
  },
  groupStates: {
    PLANNED: 'Planlagt',
    NOMINATED: 'Indstillet',
    SELECTED: 'Udvalgt',
    BRIEFED: 'Briefet',
    TRAVELLING: 'På rejse',
    RETURNED: 'Hjemvendt',
    DEBRIEFED: 'Debriefet',
    REPORTED: 'Har rapporteret',
    EVALUATED: 'Evalueret',
    CANCELLED: 'Aflyst',
  },
  evaluationStates: {
    DRAFT: 'Netværkets udkast; ingen har underskrevet',
    SIGNED_BY_NETWORK: 'Underskrevet af netværket, ikke af kontorerne',
    SIGNED_BY_OFFICES: 'Underskrevet af kontorerne, ikke af netværket',
    COMPLETE: 'Færdig: begge har underskrevet',
  },
  stopStates: {
    CONFIRMED: 'Bekræftet',
    UNCONFIRMED: 'Ikke bekræftet',
    UNANSWERED: 'Bekræftelsen er ikke tilgængelig nu',
    CALLED_OFF: 'Aflyst',
    HELD: 'Afholdt',
    NOT_HELD: 'Ikke afholdt',
  },
  sectors: {
    BORDER_CONTROL: 'Grænsekontrol',
    COURT: 'Domstole',
    CUSTOMS: 'Told',
    EDUCATION: 'Uddannelse',
    GOVERNMENT: 'Myndigheder',
    HEALTH: 'Sundhed',
    NGO: 'Ikke-statslige organisationer',
    OTHER: 'Andet',
    POLICE: 'Politi',
    PROSECUTION: 'Anklagemyndighed',
    SOCIAL: 'Sociale tjenester',
  },
  targetGroups: {
    BORDER_CONTROL: 'Grænsekontrol',
    COURT: 'Domstole',
    CUSTOMS: 'Told',
    POLICE: 'Politi',
    PROSECUTION: 'Anklagemyndighed',
  },
  siteContacts: {
    AGREED: 'Har sagt ja',
    ASKED: 'Er spurgt',
    DECLINED: 'Har sagt nej',
    THANKED: 'Er takket',
  },
  meetingKinds: {
    BRIEFING: 'Briefing',
    DEBRIEFING: 'Debriefing',
  },
  formalityKinds: {
    CONSENT: 'Samtykke',
    INSURANCE: 'Forsikring',
    INVITATION_LETTER: 'Invitationsbrev',
    TICKET: 'Billet',
    VISA: 'Visum',
  },
  formalityStates: {
    NOT_NEEDED: 'Ikke nødvendigt',
    RECEIVED: 'Modtaget',
    REFUSED: 'Afvist',
    REQUESTED: 'Ansøgt',
  },
  supportRoles: {
    EXPERT: 'Ekspert',
    INTERPRETER: 'Tolk',
    SUPPORT_PERSON: 'Støtteperson',
  },
  loanStates: {
    LENT: 'Udlånt',
    REFUSED: 'Afvist',
    REQUESTED: 'Ikke afgjort',
  },
  hostingStates: {
    CONFIRMED: 'Bekræftet',
    OFFERED: 'Tilbudt, ikke bekræftet',
    WITHDRAWN: 'Trukket tilbage',
  },
  absenceReasons: {
    DUTY: 'Tjeneste',
    ILLNESS: 'Sygdom',
    OTHER: 'Andet',
    VISA_REFUSED: 'Intet visum',
  },
};
