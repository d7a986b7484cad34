import { useQuery } from '../../client/use-query.ts';
import { graphql } from '../../generated/gql.ts';
import { say } from '../../parts/form/form-words.ts';

const standingQuery = graphql(`
  query PageStanding($id: ID!) {
    party(id: $id) {
      name
    }
    event(id: $id) {
      title
    }
  }
`);

interface StandingProps {
  readonly id: string;
  /** Its page. */
  readonly href: string;
}

/** What is recorded already: the reader looks at it before she says that hers is another one. */
export function Standing({ id, href }: StandingProps) {
  const { response } = useQuery(standingQuery, { id });
  const name = response?.data?.party?.name ?? response?.data?.event?.title;
  return (
    <p class="note">
      <a href={href}>{say('standing', { name: name ?? say('standingOne') })}</a>
    </p>
  );
}
