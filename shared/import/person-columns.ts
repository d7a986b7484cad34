import { EmailAddressScalar, LanguageTagScalar } from '../scalars/index.js';
import { TargetGroup } from '../vocabulary/index.js';
import { enumValue, listOf, optional, scalar, text } from './column.js';

/** The columns that a file of people has, whoever keeps it. */
export const personColumns = {
  name: text('the full name'),
  email: optional(scalar(EmailAddressScalar, 'the address at work')),
  targetGroup: enumValue(
    Object.values(TargetGroup),
    'the target group as which the person travels',
  ),
  languages: listOf(scalar(LanguageTagScalar, 'the languages that the person speaks, best first')),
};
