import {
  defineKind,
  enumValue,
  listOf,
  optional,
  reference,
  scalar,
  text,
} from '@hub/shared/import';
import { EmailAddressScalar, LanguageTagScalar } from '@hub/shared/scalars';
import { TargetGroup } from '@hub/shared/vocabulary';
import { Officer, OfficerLanguage } from '../entities/officer.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';

/** `officers.csv` */
export const officers = defineKind({
  name: 'officers',
  about: 'The officers whom this police force can nominate.',
  entity: Officer,
  columns: {
    name: text('the full name'),
    email: optional(scalar(EmailAddressScalar, 'the address at work')),
    rank: optional(text('the rank, in the police force’s own words')),
    unit: reference(PoliceUnit, 'unit', 'where the officer serves'),
    targetGroup: enumValue(
      Object.values(TargetGroup),
      'the target group as which the officer travels',
    ),
    languages: listOf(
      scalar(LanguageTagScalar, 'the languages that the person speaks, best first'),
    ),
  },
  isErased: ({ name }) => name === null,
  toRecord: ({ id, name, email, rank, unit, targetGroup, languages }) => ({
    row: { id, name, email, rank, unitId: unit, targetGroup },
    lists: [
      {
        entity: OfficerLanguage,
        owner: 'officerId',
        rows: languages.map((language, position) => ({ officerId: id, language, position })),
      },
    ],
  }),
});
