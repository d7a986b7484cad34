import { samePerson } from '@hub/shared/database';
import { defineKind, optional, reference, text } from '@hub/shared/import';
import { personColumns } from '@hub/shared/programme';
import { Officer, OfficerLanguage } from '../entities/officer.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';

const { name, email, targetGroup, languages, isRehearsal } = personColumns;

/** `officers.csv` */
export const officers = defineKind({
  name: 'officers',
  about: 'The officers whom this police force can nominate.',
  entity: Officer,
  columns: {
    name,
    email,
    rank: optional(text('the rank, in the police force’s own words')),
    unit: reference(PoliceUnit, 'unit', 'where the officer serves'),
    targetGroup,
    languages,
    isRehearsal,
  },
  same: samePerson,
  isErased: ({ name }) => name === null,
  toRecord: ({ id, unit, languages, ...officer }) => ({
    row: { id, ...officer, unitId: unit },
    lists: [
      {
        entity: OfficerLanguage,
        owner: 'officerId',
        rows: languages.map((language, position) => ({ officerId: id, language, position })),
      },
    ],
  }),
});
