import { useSignal } from '@preact/signals';
import { sendOperation, type GraphError, type GraphResponse } from '../../client/send-operation.ts';
import type { TypedDocumentString } from '../../generated/graphql.ts';
import { describeError } from '../completeness.tsx';
import { loadRefusals } from './form-words.ts';

/** True if somebody else has changed the record since it was read. */
export const isConflict = ({ errors }: GraphResponse<unknown>): boolean =>
  errors[0]?.extensions?.code === 'CONFLICT';

/** Sends what a form has, and keeps why it was refused. */
export function useSending() {
  const isBusy = useSignal(false);
  const refused = useSignal<GraphError | undefined>(undefined);
  async function send<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
  ): Promise<GraphResponse<Data>> {
    isBusy.value = true;
    refused.value = undefined;
    const response = await sendOperation(document, variables);
    if (response.errors.some(({ extensions }) => extensions?.rule)) await loadRefusals();
    isBusy.value = false;
    if (!isConflict(response)) refused.value = response.errors[0];
    return response;
  }
  const refusal = refused.value && (
    <div role="alert">
      <p>{describeError(refused.value)}</p>
    </div>
  );
  return { isBusy: isBusy.value, refused: refused.value, refusal, send };
}
