/** @apollo/gateway from 2.14 on reports to its maker unless this is set before it loads; nothing of ours leaves. */
process.env.APOLLO_TELEMETRY_DISABLED = 'true';
