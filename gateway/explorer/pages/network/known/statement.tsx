import { useLocation } from 'preact-iso';
import { useQuery } from '../../../client/use-query.ts';
import { whyAbsent } from '../../../client/why-null.ts';
import { useTitle } from '../../../frame/title.ts';
import { nameOfValue, say, useFormWords } from '../../../parts/form/form-words.ts';
import { Loading } from '../../../parts/loading.tsx';
import { NoValue } from '../../../parts/no-value.tsx';
import { directoryQuery } from './directory-query.ts';
import { SubjectLink } from './directory-views.tsx';
import { Claims, KnownPage, Statements } from './sources.tsx';

/** The graph reads statements by their list alone. */
const lists = {
  bodies: false,
  sites: false,
  events: false,
  statements: true,
  regions: false,
  members: false,
} as const;

/** What a source states in words: about what, and what other sources say instead. */
export function StatementPage() {
  const { query } = useLocation();
  const { response, refetch } = useQuery(directoryQuery, lists);
  const areWordsHere = useFormWords();
  const nodes = response?.data?.statements?.nodes;
  const statement = nodes?.find(({ id }) => id === query['id']);
  useTitle(statement?.text.slice(0, 60));
  if (!areWordsHere) return <Loading />;
  return (
    <KnownPage
      list="statements"
      title={statement ? nameOfValue('StatementKind', statement.kind) : say('list_statements')}
      record={undefined}
      response={response}
      refetch={refetch}
      missing={nodes ? say('noSuch') : <NoValue why={whyAbsent(['nbnp'])} partners={['nbnp']} />}
    >
      {statement && (
        <>
          <Statements
            statements={[statement]}
            aboutOf={() => <SubjectLink subject={statement.subject} />}
          />
          <Claims claims={statement.claims} />
        </>
      )}
    </KnownPage>
  );
}
