import { findUndescribed } from '@hub/shared/testing';

import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { expect, it } from 'vitest';
import { openNetwork } from '../network/open-network.js';

it('the hub describes every element of its graph to clients', async () => {
  await using network = await openNetwork('facts');
  const { data, errors } = await network.ask(getIntrospectionQuery());
  expect(errors).toBeUndefined();
  expect(findUndescribed(buildClientSchema(data as IntrospectionQuery))).toEqual([]);
});
