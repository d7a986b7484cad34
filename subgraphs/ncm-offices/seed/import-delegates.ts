import {
  codeReference,
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
import { DelegateLanguage } from '../entities/delegate-language.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { Office } from '../entities/office.entity.js';
import { Region } from '../entities/region.entity.js';

/** `delegates.csv` */
export const delegates = defineKind({
  name: 'delegates',
  about: 'The people from North-West Russia whom an office can send.',
  entity: Delegate,
  columns: {
    name: text('the full name'),
    email: optional(scalar(EmailAddressScalar, 'the address at work')),
    targetGroup: enumValue(
      Object.values(TargetGroup),
      'the target group as which the delegate travels',
    ),
    region: codeReference(Region, 'region', 'where the delegate works, by ISO 3166-2'),
    employer: optional(text('the employer')),
    office: reference(Office, 'office', 'the office that registered the delegate'),
    languages: listOf(
      scalar(LanguageTagScalar, 'the languages that the person speaks, best first'),
    ),
  },
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
