import type { GraphError } from '../../../client/send-operation.ts';
import { ownerOf, whyNull, type WhyNull } from '../../../client/why-null.ts';
import type { Member, PageGroup } from './group-query.ts';

/** A member, and why a part of it is null. */
export interface KnownMember {
  readonly id: string;
  readonly member: Member;
  readonly why: (...fields: string[]) => WhyNull;
}

/** The members whose ids are known. Only the organisation that sends a member has the rest. */
export const membersOf = (
  { members }: PageGroup,
  errors: readonly GraphError[],
): readonly KnownMember[] =>
  (members ?? []).flatMap((member, index) =>
    member
      ? [
          {
            id: member.id,
            member,
            why: (...fields) =>
              whyNull(errors, ['group', 'members', index, ...fields], ownerOf(member.id)),
          },
        ]
      : [],
  );
