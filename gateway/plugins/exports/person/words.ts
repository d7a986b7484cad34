/** The languages of the page, in the order of each row below. */
export const languages = ['en', 'ru', 'da', 'et'] as const;
export type Language = (typeof languages)[number];

type Row = readonly [en: string, ru: string, da: string, et: string];

/** What the page itself says. */
export const texts = {
  title: [
    'All data about one person',
    'Все данные об одном человеке',
    'Alle oplysninger om én person',
    'Kõik andmed ühe inimese kohta',
  ],
  person: ['Person', 'Человек', 'Person', 'Inimene'],
  madeAt: ['Made at', 'Составлено', 'Lavet', 'Koostatud'],
  holds: [
    'What {owner} holds',
    'Что хранит {owner}',
    'Hvad {owner} opbevarer',
    'Mida {owner} hoiab',
  ],
  signed: [
    'Signed by {owner}. The JSON file has the signature, which anybody can verify.',
    'Подписано: {owner}. Подпись находится в файле JSON, и её может проверить каждый.',
    'Underskrevet af {owner}. JSON-filen har underskriften, som enhver kan kontrollere.',
    'Allkirjastanud {owner}. Allkiri on JSON-failis ja igaüks saab seda kontrollida.',
  ],
  nothing: ['Nothing.', 'Ничего.', 'Intet.', 'Mitte midagi.'],
  readings: [
    'Who read these data',
    'Кто читал эти данные',
    'Hvem der har læst oplysningerne',
    'Kes on neid andmeid lugenud',
  ],
  toldSince: [
    'Readings before {day} cannot be told.',
    'О чтении до {day} сведений нет.',
    'Læsninger før {day} kan ikke oplyses.',
    'Lugemiste kohta enne {day} andmeid ei ole.',
  ],
  more: [
    'There are earlier readings that are not in this file.',
    'Есть более ранние чтения, которых нет в этом файле.',
    'Der er tidligere læsninger, som ikke er i denne fil.',
    'On varasemaid lugemisi, mida selles failis ei ole.',
  ],
  missing: [
    'Not in this file, because they did not respond: {owners}. Ask again later.',
    'В файле нет данных от тех, кто не ответил: {owners}. Запросите файл позже.',
    'Ikke i denne fil, fordi de ikke svarede: {owners}. Prøv igen senere.',
    'Failist puuduvad need, kes ei vastanud: {owners}. Proovi hiljem uuesti.',
  ],
  when: ['When (UTC)', 'Когда (UTC)', 'Hvornår (UTC)', 'Millal (UTC)'],
  who: ['Organisation, role', 'Организация, роль', 'Organisation, rolle', 'Organisatsioon, roll'],
  why: ['Purpose', 'Цель', 'Formål', 'Eesmärk'],
  what: ['What', 'Что', 'Hvad', 'Mida'],
  refused: ['refused', 'отказано', 'afvist', 'keelatud'],
  yes: ['yes', 'да', 'ja', 'jah'],
  no: ['no', 'нет', 'nej', 'ei'],
} as const satisfies Record<string, Row>;

const record: Row = ['Record', 'Запись', 'Post', 'Kirje'];
const languagesOf: Row = ['Languages', 'Языки', 'Sprog', 'Keeled'];
const nominations: Row = ['Nominations', 'Выдвижения', 'Indstillinger', 'Esitamised'];
const formalities: Row = ['Formalities', 'Формальности', 'Formaliteter', 'Formaalsused'];
const needs: Row = ['Travel needs', 'Потребности в пути', 'Behov på rejsen', 'Vajadused reisil'];
const meetings: Row = ['Meetings', 'Встречи', 'Møder', 'Kohtumised'];

/** The tables of owners, by name. */
export const tables: Readonly<Record<string, Row>> = {
  officers: record,
  delegates: record,
  experts: record,
  officer_languages: languagesOf,
  delegate_languages: languagesOf,
  expert_languages: languagesOf,
  expert_roles: ['Roles as an expert', 'Роли эксперта', 'Roller som ekspert', 'Eksperdi rollid'],
  expert_fields: ['Fields', 'Области', 'Fagområder', 'Valdkonnad'],
  expert_loans: [
    'Loans for visits',
    'Направления на визиты',
    'Udlån til besøg',
    'Visiitidele laenamised',
  ],
  expert_assignments: ['Parts in visits', 'Участие в визитах', 'Roller i besøg', 'Osad visiitidel'],
  officer_nominations: nominations,
  delegate_nominations: nominations,
  officer_formalities: formalities,
  delegate_formalities: formalities,
  officer_travel_needs: needs,
  delegate_travel_needs: needs,
  participant_reports: ['Reports', 'Отчёты', 'Rapporter', 'Aruanded'],
  shared_contacts: [
    'Shared contacts',
    'Переданные контакты',
    'Delte kontaktoplysninger',
    'Jagatud kontaktid',
  ],
  group_meetings: meetings,
  meetings,
  absences: ['Absences', 'Отсутствия', 'Fravær', 'Puudumised'],
  information_reads: [
    'Practical information read',
    'Прочитанная практическая информация',
    'Læste praktiske oplysninger',
    'Loetud praktiline teave',
  ],
  retention_notices: [
    'When data are erased',
    'Когда данные удаляются',
    'Hvornår data slettes',
    'Millal andmed kustutatakse',
  ],
  retention_holds: ['Holds', 'Запреты на удаление', 'Sletningsstop', 'Kustutamise peatamised'],
  erasures: ['Erasures', 'Удаления', 'Sletninger', 'Kustutamised'],
  invitations: ['Invitations', 'Приглашения', 'Invitationer', 'Kutsed'],
  participant_sessions: ['Sessions', 'Сеансы', 'Sessioner', 'Seansid'],
};

/** Columns that the page leaves out: they say nothing to people. The JSON file has them. */
export const leftOut: ReadonlySet<string> = new Set([
  'version',
  'position',
  'grantedVersion',
  'decisionVersion',
  'informationVersion',
  'isConfirmed',
  'invitationId',
  'officerId',
  'delegateId',
  'expertId',
  'participantId',
  'personId',
  'person',
  'attendees',
]);
