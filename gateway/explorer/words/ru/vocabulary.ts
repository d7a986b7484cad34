import type { TextsOf } from '../en.ts';
import type { vocabulary as english } from '../en/vocabulary.ts';

export const vocabulary: TextsOf<typeof english> = {
  directions: {
    NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA: 'Из стран Северной Европы и Балтии в Россию',
    NORTH_WEST_RUSSIA_TO_NORDIC: 'Из России в страны Северной Европы',
  },
  groupStates: {
    PLANNED: 'Запланирована',
    NOMINATED: 'Есть кандидаты',
    SELECTED: 'Участники выбраны',
    BRIEFED: 'Инструктаж проведён',
    TRAVELLING: 'В поездке',
    RETURNED: 'Вернулась',
    DEBRIEFED: 'Итоги обсуждены',
    REPORTED: 'Отчёты сданы',
    EVALUATED: 'Оценена',
    CANCELLED: 'Отменена',
  },
  evaluationStates: {
    DRAFT: 'Проект сети; никто не подписал',
    SIGNED_BY_NETWORK: 'Подписана сетью, но не бюро',
    SIGNED_BY_OFFICES: 'Подписана бюро, но не сетью',
    COMPLETE: 'Завершена: подписали обе стороны',
  },
  stopStates: {
    CONFIRMED: 'Подтверждено',
    UNCONFIRMED: 'Не подтверждено',
    UNANSWERED: 'Подтверждение сейчас недоступно',
    CALLED_OFF: 'Отменено',
    HELD: 'Состоялось',
    NOT_HELD: 'Не состоялось',
  },
  sectors: {
    BORDER_CONTROL: 'Пограничный контроль',
    COURT: 'Суды',
    CUSTOMS: 'Таможня',
    EDUCATION: 'Образование',
    GOVERNMENT: 'Органы власти',
    HEALTH: 'Здравоохранение',
    NGO: 'Негосударственные организации',
    OTHER: 'Другое',
    POLICE: 'Полиция',
    PROSECUTION: 'Прокуратура',
    SOCIAL: 'Социальные службы',
  },
  targetGroups: {
    BORDER_CONTROL: 'Пограничный контроль',
    COURT: 'Суды',
    CUSTOMS: 'Таможня',
    POLICE: 'Полиция',
    PROSECUTION: 'Прокуратура',
  },
  siteContacts: {
    AGREED: 'Согласие получено',
    ASKED: 'Запрос отправлен',
    DECLINED: 'Получен отказ',
    THANKED: 'Благодарность отправлена',
  },
  meetingKinds: {
    BRIEFING: 'Инструктаж',
    DEBRIEFING: 'Обсуждение итогов',
  },
  formalityKinds: {
    CONSENT: 'Согласие',
    INSURANCE: 'Страховка',
    INVITATION_LETTER: 'Приглашение',
    TICKET: 'Билет',
    VISA: 'Виза',
  },
  formalityStates: {
    NOT_NEEDED: 'Не нужно',
    RECEIVED: 'Получено',
    REFUSED: 'Отказано',
    REQUESTED: 'Запрошено',
  },
  supportRoles: {
    EXPERT: 'Эксперт',
    INTERPRETER: 'Переводчик',
    SUPPORT_PERSON: 'Сопровождающий',
  },
  loanStates: {
    LENT: 'Предоставлен',
    REFUSED: 'Отказано',
    REQUESTED: 'Не решено',
  },
  hostingStates: {
    CONFIRMED: 'Подтверждено',
    OFFERED: 'Предложено, не подтверждено',
    WITHDRAWN: 'Отозвано',
  },
  absenceReasons: {
    DUTY: 'Служба',
    ILLNESS: 'Болезнь',
    OTHER: 'Другое',
    VISA_REFUSED: 'Нет визы',
  },
};
