const english = {
  ask: 'This ends the mails of your role to this address. Your tasks stay, and so do the mails to others.',
  stop: 'End these mails',
  stopped: 'These mails have ended.',
  renew: 'Get them again',
  renewed: 'You get these mails again.',
  unknown: 'This link is not valid.',
  later: 'Your organisation’s server does not respond. Try again later.',
};

/** What the page of a link says, in the languages of mails. */
export const pageTexts = {
  en: english,
  ru: {
    ask: 'Письма для вашей роли больше не будут приходить на этот адрес. Ваши задачи и письма другим останутся.',
    stop: 'Больше не получать эти письма',
    stopped: 'Эти письма больше не приходят.',
    renew: 'Получать их снова',
    renewed: 'Вы снова получаете эти письма.',
    unknown: 'Эта ссылка недействительна.',
    later: 'Сервер вашей организации не отвечает. Попробуйте позже.',
  },
  da: {
    ask: 'Dette afslutter mails til din rolle på denne adresse. Dine opgaver og mails til andre fortsætter.',
    stop: 'Afslut disse mails',
    stopped: 'Disse mails er afsluttet.',
    renew: 'Få dem igen',
    renewed: 'Du får disse mails igen.',
    unknown: 'Linket er ikke gyldigt.',
    later: 'Din organisations server svarer ikke. Prøv igen senere.',
  },
  et: {
    ask: 'See lõpetab sinu rolli kirjad sellele aadressile. Sinu ülesanded ja teiste kirjad jäävad.',
    stop: 'Lõpeta need kirjad',
    stopped: 'Need kirjad on lõpetatud.',
    renew: 'Saada neid jälle',
    renewed: 'Sa saad neid kirju jälle.',
    unknown: 'See link ei kehti.',
    later: 'Sinu organisatsiooni server ei vasta. Proovi hiljem uuesti.',
  },
} as const satisfies Record<string, Record<keyof typeof english, string>>;
