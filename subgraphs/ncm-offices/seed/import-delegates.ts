import { samePerson } from '@hub/shared/database';
import { codeReference, defineKind, optional, reference, text } from '@hub/shared/import';
import { personColumns } from '@hub/shared/programme';
import { DelegateLanguage } from '../entities/delegate-language.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { Office } from '../entities/office.entity.js';
import { Region } from '../entities/region.entity.js';

const { name, email, targetGroup, languages, isRehearsal } = personColumns;

/** `delegates.csv` */
export const delegates = defineKind({
  name: 'delegates',
  about: 'The people from North-West Russia whom an office can send.',
  entity: Delegate,
  columns: {
    name,
    email,
    targetGroup,
    region: codeReference(Region, 'region', 'where the delegate works, by ISO 3166-2'),
    employer: optional(text('the employer')),
    office: reference(Office, 'office', 'the office that registered the delegate'),
    languages,
    isRehearsal,
  },
  inventedWith: 'office',
  same: samePerson,
  isErased: ({ name }) => name === null,
  toRecord: ({ region, office, languages, ...delegate }) => ({
    row: { ...delegate, country: region.slice(0, 2), regionCode: region, officeId: office },
    lists: [
      {
        entity: DelegateLanguage,
        owner: 'delegateId',
        rows: languages.map((tag, index) => ({ delegateId: delegate.id, tag, place: index + 1 })),
      },
    ],
  }),
});
