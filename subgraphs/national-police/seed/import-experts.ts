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
import { Sector, SupportRole } from '@hub/shared/vocabulary';
import { Expert, ExpertField, ExpertLanguage, ExpertRole } from '../entities/expert.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';

/** `experts.csv` */
export const experts = defineKind({
  name: 'experts',
  about: 'The officers who can serve a visit.',
  entity: Expert,
  columns: {
    name: text('the full name'),
    email: optional(scalar(EmailAddressScalar, 'the address at work')),
    unit: reference(PoliceUnit, 'unit', 'where the expert serves'),
    roles: listOf(
      enumValue(Object.values(SupportRole), 'the roles that the expert can have on a visit'),
    ),
    languages: listOf(
      scalar(LanguageTagScalar, 'the languages that the person speaks, best first'),
    ),
    fields: listOf(enumValue(Object.values(Sector), 'the sectors that the expert knows')),
  },
  isErased: ({ name }) => name === null,
  toRecord: ({ id, name, email, unit, roles, languages, fields }) => ({
    row: { id, name, email, unitId: unit },
    lists: [
      {
        entity: ExpertRole,
        owner: 'expertId',
        rows: roles.map((role, position) => ({ expertId: id, role, position })),
      },
      {
        entity: ExpertLanguage,
        owner: 'expertId',
        rows: languages.map((language, position) => ({ expertId: id, language, position })),
      },
      {
        entity: ExpertField,
        owner: 'expertId',
        rows: fields.map((field, position) => ({ expertId: id, field, position })),
      },
    ],
  }),
});
