import './telemetry-off.js';
// The order matters: the engine reads this setting when it loads.
export { ApolloGateway, type GatewayConfig } from '@apollo/gateway';
