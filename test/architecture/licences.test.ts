import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readFile } from './read-tree.js';

interface LockedPackage {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly link?: boolean;
}

/** What the README calls each licence, by its SPDX identifier. */
const names: Readonly<Record<string, string>> = {
  MIT: 'MIT',
  ISC: 'ISC',
  '0BSD': 'BSD',
  'BSD-2-Clause': 'BSD',
  'BSD-3-Clause': 'BSD',
  'Apache-2.0': 'Apache 2.0',
  'BlueOak-1.0.0': 'Blue Oak',
  'MPL-2.0': 'MPL 2.0',
  'Elastic-2.0': 'Elastic License 2.0',
};

const root = new URL('../../', import.meta.url);

/** The installed packages that the product needs to run, by folder. */
function listInstalled(): string[] {
  const { packages } = JSON.parse(readFile('package-lock.json')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  return Object.entries(packages)
    .filter(([path, { dev, devOptional, link }]) => {
      const isForRunning = path.includes('node_modules/') && !dev && !devOptional && !link;
      // A package for another system is locked, but not installed.
      return isForRunning && existsSync(new URL(`${path}/package.json`, root));
    })
    .map(([path]) => path);
}

function readLicence(path: string): string {
  const text = readFileSync(new URL(`${path}/package.json`, root), 'utf8');
  const { license } = JSON.parse(text) as { readonly license?: unknown };
  return typeof license === 'string' ? license : `${path}: none`;
}

/** The licences of which we choose one, or that all apply. */
const partsOf = (licence: string): string[] => licence.replace(/[()]/g, '').split(/ (?:OR|AND) /);

describe('README, licences', () => {
  it('names the licence of each package that is installed for running', () => {
    const installed = listInstalled();
    expect(installed.length).toBeGreaterThan(100);
    const sentences = readFile('README.md').split('## Licences')[1]?.replace(/\s+/g, ' ') ?? '';
    const unnamed = installed.filter((path) => {
      const licence = readLicence(path);
      const isNamed = (part: string) => sentences.includes(names[part] ?? part);
      return licence.includes(' OR ')
        ? !partsOf(licence).some(isNamed)
        : !partsOf(licence).every(isNamed);
    });
    expect(unnamed.map((path) => `${path}: ${readLicence(path)}`)).toEqual([]);
  });
});
