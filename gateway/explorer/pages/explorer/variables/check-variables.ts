import { coerceInputValue, isNonNullType } from 'graphql';
import { t } from '../../../words/language.ts';
import type { ExpectedVariable } from './expected-variables.ts';

/** What is wrong with the value of a variable, and where in it. */
export interface VariableProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** False if the hub would ignore it. */
  readonly isError: boolean;
}

type Values = Readonly<Record<string, unknown>>;

function checkOne({ name, type, hasDefault }: ExpectedVariable, values: Values): VariableProblem[] {
  const value = values[name];
  if (value === undefined) {
    if (!isNonNullType(type) || hasDefault) return [];
    const message = t('explorer.missingVariable', { name, type: String(type) });
    return [{ path: [name], message, isError: true }];
  }
  const problems: VariableProblem[] = [];
  coerceInputValue(value, type, (path, _value, { message }) => {
    problems.push({ path: [name, ...path], message, isError: true });
  });
  return problems;
}

/** Compares the values of variables with their types, as the hub does. */
export function checkVariables(
  expected: readonly ExpectedVariable[],
  values: Values,
): readonly VariableProblem[] {
  const names = new Set(expected.map(({ name }) => name));
  const unknown = Object.keys(values).filter((name) => !names.has(name));
  return [
    ...expected.flatMap((variable) => checkOne(variable, values)),
    ...unknown.map((name) => ({
      path: [name],
      message: t('explorer.unknownVariable', { name }),
      isError: false,
    })),
  ];
}
