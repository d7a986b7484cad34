/** A response of the graph. */
export interface GraphResponse {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphResponseError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export interface GraphResponseError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Executes an operation for the caller of an export. */
export type AskGraph = (operation: Operation) => Promise<GraphResponse>;

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
