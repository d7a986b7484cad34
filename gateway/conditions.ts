import { Kind, type DirectiveNode } from 'graphql';

/** One condition of `@skip` or `@include`: met when the variable, or the literal, is `is`. */
interface Condition {
  readonly variable: string | boolean;
  readonly is: boolean;
}

/** All of them have to be met. */
export type Conditions = readonly Condition[];

export type Variables = Readonly<Record<string, unknown>>;

export function readConditions(directives: readonly DirectiveNode[] | undefined): Conditions {
  if (!directives || directives.length === 0) return [];
  return directives.flatMap(({ name, arguments: args }): Condition[] => {
    if (name.value !== 'skip' && name.value !== 'include') return [];
    const value = args?.[0]?.value;
    const is = name.value === 'include';
    if (value?.kind === Kind.VARIABLE) return [{ variable: value.name.value, is }];
    if (value?.kind === Kind.BOOLEAN) return [{ variable: value.value, is }];
    return [];
  });
}

export function areMet(conditions: Conditions, variables: Variables): boolean {
  return conditions.every(
    ({ variable, is }) =>
      (typeof variable === 'boolean' ? variable : variables[variable] === true) === is,
  );
}
