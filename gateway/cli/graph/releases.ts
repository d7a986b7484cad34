import { Supergraph } from '@apollo/federation-internals';
import { diff } from '@graphql-inspector/core';
import { UserError } from '@hub/shared/system';
import type { GraphQLSchema } from 'graphql';
import { readNetworkConfig } from '../../config.js';
import { openRegistryFiles } from '../../registry/files/served-graph.js';
import type { Release, ReleaseContent } from '../../registry/releases/release.js';
import { defineCommand, mustBe } from '../define-command.js';

type Files = ReturnType<typeof openRegistryFiles>;

const readNumber = mustBe(
  (text) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined),
  'Give the number of a release.',
);

function readRelease({ releases }: Files, number: number): Release {
  const { release, error } = releases.read(number);
  if (!release) throw new UserError(`Release ${number} cannot be used: ${error}.`);
  return release;
}

function list({ releases }: Files): string {
  const newest = releases.findNewest().release?.number;
  const lines = releases.listNumbers().map((number) => {
    const { release, error } = releases.read(number);
    if (!release) return `${number}  cannot be used: ${error}`;
    const marks = [
      ...(number === newest ? ['newest'] : []),
      ...(release.isPinned ? ['pinned'] : []),
    ];
    return [number, release.at, release.reason, ...marks].join('  ');
  });
  return lines.join('\n') || 'There is no release.';
}

function show(files: Files, number: number): string {
  const { at, reason, isPinned, previous, publications, contracts } = readRelease(files, number);
  const partners = Object.entries(publications).map(
    ([code, { schemaVersion, sequence, lacks }]) =>
      `  ${code}  version ${schemaVersion}, sequence ${sequence}${
        lacks.length > 0 ? `, lacks ${lacks.join(', ')}` : ''
      }`,
  );
  return [
    `Release ${number} of ${at}${isPinned ? ', pinned' : ''}`,
    `Reason: ${reason}`,
    `After the file with the hash ${previous}`,
    `Contracts: ${contracts.map(({ name }) => name).join(', ')}`,
    'Publications:',
    ...(partners.length > 0 ? partners : ['  none']),
  ].join('\n');
}

const apiSchemaOf = ({ supergraphSdl }: Release): GraphQLSchema =>
  Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema();

async function compare(files: Files, before: number, after: number): Promise<string> {
  const [one, other] = [readRelease(files, before), readRelease(files, after)];
  const changes = await diff(apiSchemaOf(one), apiSchemaOf(other));
  const lines = changes.map(({ criticality, message }) => `${criticality.level}: ${message}`);
  return lines.join('\n') || 'Clients see no difference.';
}

const contentOf = (release: Release): ReleaseContent => {
  const { basis, members, supergraphSdl, contracts, publications, isPinned, reason } = release;
  return { basis, members, supergraphSdl, contracts, publications, isPinned, reason };
};

async function rollBack(files: Files, number: number): Promise<string> {
  const old = readRelease(files, number);
  const { release: newest } = files.releases.findNewest();
  if (newest && newest.basis !== old.basis) {
    throw new UserError(
      `Release ${number} was made for other partners or contracts, so the hub would not serve it.`,
    );
  }
  const reason = `rollback to release ${number}`;
  // Who is in the network stays as it is.
  const { members } = newest ?? old;
  const made = await files.releases.write({ ...contentOf(old), members, reason, isPinned: true });
  await files.administration.append('ROLLED_BACK', { release: made.number, to: number });
  return `Release ${made.number} has the content of release ${number}, and is pinned. A running hub loads it within seconds.`;
}

async function unpin(files: Files): Promise<string> {
  const { release: newest } = files.releases.findNewest();
  if (!newest?.isPinned) throw new UserError('The newest release is not pinned.');
  const reason = `unpinned after release ${newest.number}`;
  const made = await files.releases.write({ ...contentOf(newest), reason, isPinned: false });
  await files.administration.append('UNPINNED', { release: made.number });
  return `Release ${made.number} is not pinned. A running hub makes the next one within seconds.`;
}

/** The command `release`. */
export const runReleaseCommand = defineCommand(
  'npm run hub -- release',
  (command, { say, environment }) => {
    const open = () => openRegistryFiles(readNetworkConfig(environment).dataDir);
    command
      .command('list')
      .description('the releases on this disk, and which one the hub serves')
      .action(() => say(list(open())));
    command
      .command('show')
      .description('what a release was made of')
      .argument('<number>', 'the release', readNumber)
      .action((number: number) => say(show(open(), number)));
    command
      .command('diff')
      .description('what clients see of the difference between two releases')
      .argument('<before>', 'a release', readNumber)
      .argument('<after>', 'another one', readNumber)
      .action(async (before: number, after: number) => say(await compare(open(), before, after)));
    command
      .command('rollback')
      .description('serves an old release again, whatever partners publish, until unpin')
      .argument('<number>', 'the release', readNumber)
      .action(async (number: number) => say(await rollBack(open(), number)));
    command
      .command('unpin')
      .description('lets publications make releases again')
      .action(async () => say(await unpin(open())));
  },
);
