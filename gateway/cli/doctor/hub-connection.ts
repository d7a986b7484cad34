import { signToken, type JWK } from '@hub/shared/identity';
import { DoctorError } from './doctor-error.js';

/** One entry of an answer’s `errors`. */
export interface AnswerError {
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string; readonly partner?: string };
}

export interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly AnswerError[];
}

/** Asks a hub as any client does. */
export type AskHub = (
  query: string,
  variables: Readonly<Record<string, unknown>>,
) => Promise<Answer>;

export interface HubConnectionOptions {
  readonly url: string;
  /** Whose service asks. */
  readonly reader: string;
  /** The key with which the reader’s organisation signs. */
  readonly key: JWK;
}

const deadlineMs = 60_000;
const tokenLifeSeconds = 300;

/** @returns a function that throws {@link DoctorError} where nobody answers, or no hub, or one that does not know the reader */
export function connectHub({ url, reader, key }: HubConnectionOptions): AskHub {
  return async (query, variables) => {
    // Signed for each question: a walk may take longer than any token should live.
    const token = await signToken({
      key,
      organisation: reader,
      role: 'service',
      subject: `${reader}-doctor`,
      purpose: 'doctor',
      ttl: tokenLifeSeconds,
    });
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        // What it finds is how things are now.
        'cache-control': 'no-cache',
        authorization: `Bearer ${token}`,
      },
      body: JSON.stringify({ query, variables, operationName: 'Doctor' }),
      redirect: 'error',
      signal: AbortSignal.timeout(deadlineMs),
    }).catch(() => {
      throw new DoctorError(`No hub answers at ${url}.`);
    });
    const answer = await readAnswer(response).catch(() => undefined);
    if (!answer) throw new DoctorError(`What answers at ${url} is no hub (${response.status}).`);
    if (response.status === 401)
      throw new DoctorError(`The hub at ${url} does not accept the key of ${reader}.`);
    return answer;
  };
}

async function readAnswer(response: Response): Promise<Answer | undefined> {
  const answer: unknown = await response.json();
  return isAnswer(answer) ? answer : undefined;
}

const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && ('data' in value || 'errors' in value);
