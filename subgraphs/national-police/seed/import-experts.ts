import { textSearch } from '@hub/shared/database';
import { cell, defineKind } from '@hub/shared/import';
import { vocabulary } from '@hub/shared/programme';
import { Expert, ExpertField, ExpertLanguage, ExpertRole } from '../entities/expert.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';

const { name, email, languages, isRehearsal } = vocabulary.personColumns;

/** `experts.csv` */
export const experts = defineKind({
  name: 'experts',
  about: 'The officers who can serve a visit.',
  entity: Expert,
  columns: {
    name,
    email,
    unit: cell.reference(PoliceUnit, 'unit', 'where the expert serves'),
    roles: cell.listOf(
      cell.enumValue(
        Object.values(vocabulary.SupportRole),
        'the roles that the expert can have on a visit',
      ),
    ),
    languages,
    fields: cell.listOf(
      cell.enumValue(Object.values(vocabulary.Sector), 'the sectors that the expert knows'),
    ),
    isRehearsal,
  },
  same: textSearch.samePerson,
  isErased: ({ name }) => name === null,
  toRecord: ({ id, unit, roles, languages, fields, ...expert }) => ({
    row: { id, ...expert, unitId: unit },
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
