import {
  DateScalar,
  EmailAddressScalar,
  LanguageTagScalar,
  UrlScalar,
} from '../../graphql/scalars/scalars.js';
import { listOf, optional, prose, scalar, text, type Column } from '../../import/column.js';
import { defineKind, type ImportKind } from '../../import/kind.js';
import { isTelephone } from '../vocabulary/contact-point.input.js';
import type { ContactPointFields } from '../vocabulary/contact-point.type.js';

/**
 * `contactPoints.csv` of a partner, as its operator imports them.
 * @param owner the column with the body
 */
export const defineContactPoints = (
  entity: new () => ContactPointFields,
  owner: Column<string>,
): ImportKind =>
  defineKind({
    name: 'contactPoints',
    about: 'How to reach the functions of bodies. Never a person, nor the address of one.',
    entity,
    columns: {
      owner,
      function: optional(text('whose it is, in words: `duty desk`')),
      mailbox: optional(scalar(EmailAddressScalar, 'a functional mailbox')),
      telephone: optional(text('the number with the country code: `+371 6707 5000`')),
      openingHours: optional(prose('when it can be reached, in local time, in words')),
      languages: listOf(scalar(LanguageTagScalar, 'the languages in which it can be reached')),
      source: scalar(UrlScalar, 'the page that states it'),
      checkedOn: scalar(DateScalar, 'the day on which somebody last read the source for it'),
    },
    check: ({ mailbox, telephone, openingHours }) => [
      ...(telephone !== null && !isTelephone(telephone)
        ? [{ column: 'telephone' as const, fault: 'must be a plus and 6 to 15 digits' }]
        : []),
      ...((mailbox ?? telephone ?? openingHours) === null
        ? [{ column: 'mailbox' as const, fault: 'is needed without telephone and openingHours' }]
        : []),
    ],
    toRecord: ({ owner: ownerId, ...point }) => ({ row: { ...point, ownerId } }),
  });
