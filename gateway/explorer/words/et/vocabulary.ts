import type { TextsOf } from '../en.ts';
import type { vocabulary as english } from '../en/vocabulary.ts';

export const vocabulary: TextsOf<typeof english> = {
  directions: {
    NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA: 'Põhja- ja Baltimaadest Venemaale',
    NORTH_WEST_RUSSIA_TO_NORDIC: 'Venemaalt Põhjamaadesse',
  },
  groupStates: {
    PLANNED: 'Kavandatud',
    NOMINATED: 'Esitatud',
    SELECTED: 'Valitud',
    BRIEFED: 'Juhendatud',
    TRAVELLING: 'Reisil',
    RETURNED: 'Tagasi',
    DEBRIEFED: 'Kokkuvõte tehtud',
    REPORTED: 'Aruanded esitatud',
    EVALUATED: 'Hinnatud',
    CANCELLED: 'Tühistatud',
  },
  evaluationStates: {
    DRAFT: 'Võrgustiku kavand; keegi pole allkirjastanud',
    SIGNED_BY_NETWORK: 'Võrgustik on allkirjastanud, bürood mitte',
    SIGNED_BY_OFFICES: 'Bürood on allkirjastanud, võrgustik mitte',
    COMPLETE: 'Valmis: mõlemad on allkirjastanud',
  },
  stopStates: {
    CONFIRMED: 'Kinnitatud',
    UNCONFIRMED: 'Kinnitamata',
    UNANSWERED: 'Kinnitus ei ole praegu kättesaadav',
    CALLED_OFF: 'Ära jäetud',
    HELD: 'Toimunud',
    NOT_HELD: 'Ei toimunud',
  },
  sectors: {
    BORDER_CONTROL: 'Piirikontroll',
    COURT: 'Kohtud',
    CUSTOMS: 'Toll',
    EDUCATION: 'Haridus',
    GOVERNMENT: 'Valitsusasutused',
    HEALTH: 'Tervishoid',
    NGO: 'Vabaühendused',
    OTHER: 'Muu',
    POLICE: 'Politsei',
    PROSECUTION: 'Prokuratuur',
    SOCIAL: 'Sotsiaalteenused',
  },
  targetGroups: {
    BORDER_CONTROL: 'Piirikontroll',
    COURT: 'Kohtud',
    CUSTOMS: 'Toll',
    POLICE: 'Politsei',
    PROSECUTION: 'Prokuratuur',
  },
  siteContacts: {
    AGREED: 'On nõustunud',
    ASKED: 'On küsitud',
    DECLINED: 'On keeldunud',
    THANKED: 'On tänatud',
  },
  meetingKinds: {
    BRIEFING: 'Juhendamine',
    DEBRIEFING: 'Kokkuvõte',
  },
  formalityKinds: {
    CONSENT: 'Nõusolek',
    INSURANCE: 'Kindlustus',
    INVITATION_LETTER: 'Kutse',
    TICKET: 'Pilet',
    VISA: 'Viisa',
  },
  formalityStates: {
    NOT_NEEDED: 'Ei ole vaja',
    RECEIVED: 'Saadud',
    REFUSED: 'Keeldutud',
    REQUESTED: 'Taotletud',
  },
  supportRoles: {
    EXPERT: 'Ekspert',
    INTERPRETER: 'Tõlk',
    SUPPORT_PERSON: 'Tugiisik',
  },
  loanStates: {
    LENT: 'Lähetatud',
    REFUSED: 'Keeldutud',
    REQUESTED: 'Otsustamata',
  },
  hostingStates: {
    CONFIRMED: 'Kinnitatud',
    OFFERED: 'Pakutud, kinnitamata',
    WITHDRAWN: 'Tagasi võetud',
  },
  absenceReasons: {
    DUTY: 'Teenistus',
    ILLNESS: 'Haigus',
    OTHER: 'Muu',
    VISA_REFUSED: 'Viisat ei saadud',
  },
};
