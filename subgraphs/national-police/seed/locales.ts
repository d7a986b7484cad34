import { da, en, Faker, fi, lv, nb_NO, sv, type LocaleDefinition } from '@faker-js/faker';
import type { codes } from '@hub/shared/policy';

/** Last names that differ by sex. */
const gendered = {
  female: [{ value: '{{person.last_name.female}}', weight: 1 }],
  male: [{ value: '{{person.last_name.male}}', weight: 1 }],
};

/** Common names of countries whose locale the library does not have. */
const et: LocaleDefinition = {
  metadata: {
    title: 'Estonian',
    code: 'et',
    language: 'et',
    endonym: 'eesti',
    dir: 'ltr',
    script: 'Latn',
  },
  person: {
    first_name: {
      female: [
        'Anneli',
        'Eha',
        'Helve',
        'Kadri',
        'Külli',
        'Liina',
        'Maarja',
        'Piret',
        'Reet',
        'Triin',
        'Ülle',
        'Õie',
      ],
      male: [
        'Ants',
        'Erki',
        'Hannes',
        'Indrek',
        'Jüri',
        'Kaarel',
        'Mihkel',
        'Peeter',
        'Rein',
        'Tõnu',
        'Urmas',
        'Ülo',
      ],
    },
    last_name: {
      generic: [
        'Ilves',
        'Jõgi',
        'Kask',
        'Kivi',
        'Kuusk',
        'Lepik',
        'Mägi',
        'Org',
        'Pärn',
        'Saar',
        'Sepp',
        'Tamm',
        'Vaher',
        'Õunapuu',
      ],
    },
  },
};
const is: LocaleDefinition = {
  metadata: {
    title: 'Icelandic',
    code: 'is',
    language: 'is',
    endonym: 'íslenska',
    dir: 'ltr',
    script: 'Latn',
  },
  person: {
    first_name: {
      female: [
        'Auður',
        'Birna',
        'Guðrún',
        'Helga',
        'Hildur',
        'Katrín',
        'Lilja',
        'Ragnheiður',
        'Sigríður',
        'Svava',
        'Þóra',
      ],
      male: [
        'Árni',
        'Bjarki',
        'Einar',
        'Gunnar',
        'Haukur',
        'Ívar',
        'Kjartan',
        'Ólafur',
        'Sveinn',
        'Þór',
        'Ægir',
      ],
    },
    last_name: {
      female: [
        'Arnardóttir',
        'Björnsdóttir',
        'Einarsdóttir',
        'Jónsdóttir',
        'Magnúsdóttir',
        'Ólafsdóttir',
        'Þórsdóttir',
      ],
      male: ['Arnarson', 'Björnsson', 'Einarsson', 'Jónsson', 'Magnússon', 'Ólafsson', 'Þórsson'],
    },
    last_name_pattern: gendered,
  },
};
const lt: LocaleDefinition = {
  metadata: {
    title: 'Lithuanian',
    code: 'lt',
    language: 'lt',
    endonym: 'lietuvių',
    dir: 'ltr',
    script: 'Latn',
  },
  person: {
    first_name: {
      female: [
        'Agnė',
        'Austėja',
        'Birutė',
        'Eglė',
        'Giedrė',
        'Jūratė',
        'Milda',
        'Rasa',
        'Rūta',
        'Vaiva',
        'Živilė',
      ],
      male: [
        'Aidas',
        'Darius',
        'Gintaras',
        'Jonas',
        'Kęstutis',
        'Linas',
        'Mantas',
        'Saulius',
        'Tomas',
        'Vytautas',
        'Žygimantas',
      ],
    },
    last_name: {
      female: [
        'Balčiūnaitė',
        'Jankauskienė',
        'Kazlauskaitė',
        'Petrauskienė',
        'Stankevičiūtė',
        'Urbonaitė',
        'Žukauskienė',
      ],
      male: [
        'Balčiūnas',
        'Jankauskas',
        'Kazlauskas',
        'Petrauskas',
        'Stankevičius',
        'Urbonas',
        'Žukauskas',
      ],
    },
    last_name_pattern: gendered,
  },
};

const locales: Readonly<Record<codes.PoliceCode, LocaleDefinition>> = {
  dk: da,
  ee: et,
  fi,
  is,
  lt,
  lv,
  no: nb_NO,
  se: sv,
};

/** A source of invented names of a country, the same ones every time. */
export function createFaker(code: codes.PoliceCode): Faker {
  const seed = Object.keys(locales).indexOf(code) + 20_090_913;
  return new Faker({ locale: [locales[code], en], seed });
}
