import './telemetry-off.js';
// The order matters: the engine reads the setting when it loads.
export { ApolloGateway, type GatewayConfig } from '@apollo/gateway';
