import { open, type Policies } from '../policy/type-policy.js';

/** Policies that let everybody read everything, for tests about data and not about access. */
export function openPolicies(policies: Policies): Policies {
  return Object.fromEntries(
    Object.entries(policies).map(([type, { fields }]) => [
      type,
      {
        fields: Object.fromEntries(Object.keys(fields).map((field) => [field, open])),
        decide: () => false,
      },
    ]),
  );
}
