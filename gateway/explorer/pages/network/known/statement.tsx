import { useLocation } from 'preact-iso';
import { useQuery } from '../../../client/use-query.ts';
import { whyAbsent } from '../../../client/why-null.ts';
import { useTitle } from '../../../frame/title.ts';
import { Facts } from '../../../parts/facts.tsx';
import {
  labelOf,
  nameOfValue,
  say,
  titleOf,
  useFormWords,
} from '../../../parts/form/form-words.ts';
import { Loading } from '../../../parts/loading.tsx';
import { NoValue } from '../../../parts/no-value.tsx';
import { FormLinks } from '../../../parts/planning-links.tsx';
import { t } from '../../../words/language.ts';
import { joinNames, nameCountries } from '../../../words/names.ts';
import { directoryQuery } from './directory-query.ts';
import { SubjectLink } from './directory-views.tsx';
import { Claims, KnownPage, sayPlace, Sourced, Statements } from './sources.tsx';

/** The graph reads statements by their list alone. */
const lists = {
  bodies: false,
  sites: false,
  events: false,
  statements: true,
  regions: false,
  members: false,
} as const;

/** What a source states in words: about what, what other sources say instead, and what else is stated of it. */
export function StatementPage() {
  const { query } = useLocation();
  const { response, refetch } = useQuery(directoryQuery, lists);
  const areWordsHere = useFormWords();
  const nodes = response?.data?.statements?.nodes;
  const statement = nodes?.find(({ id }) => id === query['id']);
  const subject = statement?.subject?.id;
  const others = (nodes ?? []).filter(
    (one) => subject !== undefined && one.subject?.id === subject && one.id !== statement?.id,
  );
  useTitle(statement?.text.slice(0, 60));
  if (!areWordsHere) return <Loading />;
  return (
    <KnownPage
      list="statements"
      title={statement?.text ?? say('list_statements')}
      record={undefined}
      response={response}
      refetch={refetch}
      missing={nodes ? say('noSuch') : <NoValue why={whyAbsent(['nbnp'])} partners={['nbnp']} />}
    >
      {statement && (
        <>
          <Facts
            facts={[
              [t('network.kind'), nameOfValue('StatementKind', statement.kind)],
              [say('about'), <SubjectLink key="about" subject={statement.subject} />],
              [labelOf('countries'), joinNames(nameCountries(statement.countries))],
              [
                labelOf('traffickingRoles'),
                joinNames(
                  statement.traffickingRoles.map((role) => nameOfValue('TraffickingRole', role)),
                ),
              ],
              [say('inSource'), statement.place && sayPlace(statement.place)],
              [
                t('network.source'),
                <Sourced key="source" source={statement.source} on={statement.checkedOn} />,
              ],
            ]}
          />
          <FormLinks
            id={statement.id}
            of={statement.text.slice(0, 60)}
            forms={[
              ['changeStatement', titleOf('changeStatement')],
              ['removeStatement', titleOf('removeStatement')],
            ]}
          />
          <Claims claims={statement.claims} />
          {others.length > 0 && (
            <>
              <h2>{say('otherStatements')}</h2>
              <Statements statements={others} />
            </>
          )}
        </>
      )}
    </KnownPage>
  );
}
