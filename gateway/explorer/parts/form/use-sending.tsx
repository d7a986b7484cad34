import { useSignal } from '@preact/signals';
import { sendOperation, type GraphError, type GraphResponse } from '../../client/send-operation.ts';
import type { TypedDocumentString } from '../../generated/graphql.ts';
import { describeError } from '../completeness.tsx';
import { loadRefusals } from './form-words.ts';

/** True if somebody else has changed the record since it was read. */
export const isConflict = ({ errors }: GraphResponse<unknown>): boolean =>
  errors[0]?.extensions?.code === 'CONFLICT';

/** Sends what a form has, and keeps why it was refused. Of a conflict, a form of fields shows more. */
export function useSending() {
  const isBusy = useSignal(false);
  const failed = useSignal<GraphResponse<unknown> | undefined>(undefined);
  async function send<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
  ): Promise<GraphResponse<Data>> {
    isBusy.value = true;
    failed.value = undefined;
    const response = await sendOperation(document, variables);
    if (response.errors.some(({ extensions }) => extensions?.rule)) await loadRefusals();
    isBusy.value = false;
    if (response.errors.length > 0) failed.value = response;
    return response;
  }
  const error: GraphError | undefined = failed.value?.errors[0];
  const refusal = error && (
    <div role="alert">
      <p>{describeError(error)}</p>
    </div>
  );
  const refused = failed.value && isConflict(failed.value) ? undefined : error;
  return { isBusy: isBusy.value, refused, refusal, send };
}
