/**
 * From version 2.14, @apollo/gateway reports to its maker unless this is set before it loads. No
 * data may leave the network.
 */
process.env.APOLLO_TELEMETRY_DISABLED = 'true';
