import { graphql } from '../../generated/gql.ts';

/** Who read the data of one organisation: for its own auditors all, for others what was read in their name. */
export const readingsQuery = graphql(`
  query RecordReadings(
    $country: CountryCode!
    $ofPolice: Boolean!
    $ofOffices: Boolean!
    $ofNetwork: Boolean!
    $first: Int!
    $from: DateTime
    $to: DateTime
  ) {
    police: policeDisclosures(country: $country, first: $first, from: $from, to: $to)
      @include(if: $ofPolice) {
      ...RecordDisclosures
    }
    offices: officeDisclosures(first: $first, from: $from, to: $to) @include(if: $ofOffices) {
      ...RecordDisclosures
    }
    network: networkDisclosures(first: $first, from: $from, to: $to) @include(if: $ofNetwork) {
      ...RecordDisclosures
    }
  }

  fragment RecordDisclosures on DisclosureConnection {
    nodes {
      id
      at
      reader
      readerOrganisation
      role
      purpose
      type
      fields
      records
      wasRefused
      operationName
      clientName
    }
    pageInfo {
      hasNextPage
    }
  }
`);

/** What was changed in the data of one organisation. */
export const changesQuery = graphql(`
  query RecordChanges(
    $country: CountryCode!
    $ofPolice: Boolean!
    $ofOffices: Boolean!
    $ofNetwork: Boolean!
    $first: Int!
    $from: DateTime
    $to: DateTime
    $subject: ID
    $namesPeople: Boolean!
  ) {
    police: policeChanges(
      country: $country
      first: $first
      filter: { from: $from, to: $to, subject: $subject }
    ) @include(if: $ofPolice) {
      ...RecordChangePage
    }
    offices: officeChanges(first: $first, filter: { from: $from, to: $to, subject: $subject })
      @include(if: $ofOffices) {
      ...RecordChangePage
    }
    network: networkChanges(first: $first, filter: { from: $from, to: $to, subject: $subject })
      @include(if: $ofNetwork) {
      ...RecordChangePage
    }
  }

  fragment RecordChangePage on ChangeConnection {
    nodes {
      id
      at
      organisation
      person @include(if: $namesPeople)
      mutation
      subject
      fields
      reason
    }
    pageInfo {
      hasNextPage
    }
  }
`);

/** Who read about one person of the reader’s organisation, at the organisation and at the network. */
export const personReadingsQuery = graphql(`
  query RecordOfPerson($id: ID!, $ofPolice: Boolean!, $ofOffices: Boolean!, $first: Int!) {
    officer(id: $id) @include(if: $ofPolice) {
      id
      readings(first: $first) {
        ...RecordReadingPage
      }
    }
    expert(id: $id) @include(if: $ofPolice) {
      id
      readings(first: $first) {
        ...RecordReadingPage
      }
    }
    delegate(id: $id) @include(if: $ofOffices) {
      id
      readings(first: $first) {
        ...RecordReadingPage
      }
    }
  }

  fragment RecordReadingPage on ReadingConnection {
    nodes {
      id
      at
      owner
      organisation
      reader
      role
      purpose
      purposeNote
      type
      fields
      wasRefused
      client
    }
    pageInfo {
      hasNextPage
    }
  }
`);

/** What the reader’s organisation must erase soon, what it holds, and whom it has erased. */
export const keepingQuery = graphql(`
  query RecordKeeping(
    $country: CountryCode!
    $ofPolice: Boolean!
    $ofOffices: Boolean!
    $ofNetwork: Boolean!
  ) {
    policeDue: policeRetention(country: $country, first: 1000) @include(if: $ofPolice) {
      nodes {
        ...RecordDue
      }
    }
    officeDue: officeRetention(first: 1000) @include(if: $ofOffices) {
      nodes {
        ...RecordDue
      }
    }
    networkDue: networkRetention(first: 1000) @include(if: $ofNetwork) {
      nodes {
        ...RecordDue
      }
    }
    policeHeld: policeHolds(country: $country, first: 1000) @include(if: $ofPolice) {
      nodes {
        ...RecordHold
      }
    }
    officeHeld: officeHolds(first: 1000) @include(if: $ofOffices) {
      nodes {
        ...RecordHold
      }
    }
    networkHeld: networkHolds(first: 1000) @include(if: $ofNetwork) {
      nodes {
        ...RecordHold
      }
    }
    policeErased: policeErasures(country: $country, first: 1000) @include(if: $ofPolice) {
      nodes {
        ...RecordErasure
      }
    }
    officeErased: officeErasures(first: 1000) @include(if: $ofOffices) {
      nodes {
        ...RecordErasure
      }
    }
  }

  fragment RecordDue on RetentionDue {
    person
    kind
    dueOn
    visit
    hold {
      until
      reason
    }
  }

  fragment RecordHold on RetentionHold {
    person
    until
    reason
    visit
  }

  fragment RecordErasure on Erasure {
    id
    person
    holder
    at
    removedAt
  }
`);
