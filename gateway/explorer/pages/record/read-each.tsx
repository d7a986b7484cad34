import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { GraphResponse } from '../../client/send-operation.ts';
import { useQuery } from '../../client/use-query.ts';
import type { TypedDocumentString } from '../../generated/graphql.ts';

type Response<Data> = GraphResponse<Data> | undefined;

interface OneProps<Data, Variables> {
  readonly document: TypedDocumentString<Data, Variables>;
  readonly variables: Variables;
  readonly tell: (response: Response<Data>, refetch: () => void) => void;
}

function One<Data, Variables>({ document, variables, tell }: OneProps<Data, Variables>) {
  const { response, refetch } = useQuery(document, variables);
  useEffect(() => tell(response, refetch), [response]);
  return null;
}

interface Read<Data> {
  readonly response: Response<Data>;
  readonly refetch: () => void;
}

/** What several organisations responded. */
export interface ReadAll<Data> {
  /** Those that have come, each with its organisation. */
  readonly parts: readonly (readonly [owner: string, data: Data])[];
  /** Whether one of them has not said anything yet. */
  readonly isLoading: boolean;
  /** All of them as one, for the note of what is missing. */
  readonly response: GraphResponse<null>;
  readonly refetch: () => void;
}

interface ReadEachProps<Data, Variables> {
  readonly document: TypedDocumentString<Data, Variables>;
  /** One query each, so that one that hangs delays only its own rows. */
  readonly queries: ReadonlyMap<string, Variables>;
  readonly children: (all: ReadAll<Data>) => ComponentChildren;
}

/** Sends one query to each organisation, and shows what has come. */
export function ReadEach<Data, Variables>(props: ReadEachProps<Data, Variables>) {
  const { document, queries, children } = props;
  const reads = useSignal<ReadonlyMap<string, Read<Data>>>(new Map());
  const own = [...queries.keys()].map((owner) => [owner, reads.value.get(owner)] as const);
  const responses = own.flatMap(([, read]) => read?.response ?? []);
  const partners = Object.assign(
    {},
    ...responses.map(({ completeness }) => completeness?.partners),
  );
  const awaited = [...new Set(responses.flatMap((one) => one.awaited ?? []))];
  return (
    <>
      {[...queries].map(([owner, variables]) => (
        <One
          key={owner}
          document={document}
          variables={variables}
          tell={(response, refetch) => {
            reads.value = new Map(reads.peek()).set(owner, { response, refetch });
          }}
        />
      ))}
      {children({
        parts: own.flatMap(([owner, read]) => {
          const data = read?.response?.data;
          return data ? [[owner, data] as const] : [];
        }),
        isLoading: responses.length < own.length,
        response: {
          data: null,
          errors: responses.flatMap(({ errors }) => errors),
          completeness: { complete: true, partners },
          requestId: undefined,
          body: undefined,
          ms: 0,
          ...(awaited.length > 0 && { awaited }),
        },
        refetch: () => own.forEach(([, read]) => read?.refetch()),
      })}
    </>
  );
}
