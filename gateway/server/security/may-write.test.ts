import type { Reader } from '@hub/shared/identity';
import { participantOf } from '@hub/shared/testing';
import { buildSchema, OperationTypeNode, parse, type OperationDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { refuseUnlessWriter } from './may-write.js';

function attempt(
  reader: Reader,
  operation: OperationTypeNode,
  fields = '{ declineOfficer }',
  schema = buildSchema('type Query { one: Int }'),
): void {
  const { didResolveOperation } = refuseUnlessWriter(() => 'Not you.');
  const [{ selectionSet }] = parse(fields).definitions as [OperationDefinitionNode];
  const request = { schema, operation: { operation, selectionSet }, contextValue: { reader } };
  void didResolveOperation?.(request as unknown as Parameters<typeof didResolveOperation>[0]);
}

const { MUTATION, QUERY } = OperationTypeNode;
const person = (role: 'analyst' | 'auditor' | 'coordinator' | 'liaison' | 'service'): Reader => ({
  kind: 'person',
  organisation: 'dk',
  subject: 'anna',
  role,
  purpose: undefined,
});

describe('a mutation', () => {
  it.each<[string, Reader]>([
    ['nobody in particular', { kind: 'anonymous' }],
    ['an analyst', person('analyst')],
    ['an auditor', person('auditor')],
    ['a partner’s own server', person('service')],
  ])('of %s is FORBIDDEN, while any query is allowed', (_who, reader) => {
    expect(() => attempt(reader, MUTATION)).toThrow(
      expect.objectContaining({ code: 'FORBIDDEN', message: 'Not you.' }),
    );
    attempt(reader, QUERY);
  });

  it.each(['coordinator', 'liaison'] as const)('of a %s is decided by its partner', (role) => {
    attempt(person(role), MUTATION);
  });

  it('of a partner’s own server is decided by its partner if it only erases texts', () => {
    attempt(person('service'), MUTATION, '{ one: eraseTexts other: eraseTexts }');
    for (const fields of ['{ eraseTexts declineOfficer }', '{ eraseTexts ... { eraseTexts } }'])
      expect(() => attempt(person('service'), MUTATION, fields)).toThrow('Not you.');
    for (const role of ['analyst', 'auditor'] as const)
      expect(() => attempt(person(role), MUTATION, '{ eraseTexts }')).toThrow('Not you.');
  });

  it('of a participant is decided by its partner if all are for the person concerned', () => {
    const schema = buildSchema(`
      type Query { own: Int }
      type Mutation {
        "Hands in.\\n\\nCalled by: co-ordinators; the person concerned."
        handIn: Int
        "Declines.\\n\\nCalled by: co-ordinators."
        decline: Int
        "What the person concerned says."
        say: Int
      }
    `);
    const participant = participantOf('dk:officer-1');
    attempt(participant, MUTATION, '{ handIn again: handIn }', schema);
    attempt(participant, QUERY);
    for (const fields of ['{ decline }', '{ handIn decline }', '{ say }', '{ ... { handIn } }'])
      expect(() => attempt(participant, MUTATION, fields, schema)).toThrow('Not you.');
  });

  it('of an auditor or a partner’s own server is decided by the hub if it only ends access', () => {
    for (const role of ['auditor', 'service'] as const)
      attempt(person(role), MUTATION, '{ revokeAccess }');
    expect(() => attempt(person('analyst'), MUTATION, '{ revokeAccess }')).toThrow('Not you.');
  });
});
