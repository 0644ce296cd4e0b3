// What the issuer (frontend) and the resource server (backend) must agree on, in one place.
export { clientAddress, trustedProxies, type TrustsProxy } from './client-address.js';
export { clientNetwork } from './client-network.js';
export { ConfigurationError, parseEnvironment } from './environment.js';
export { optionalPort, publicAddresses, resolveDeployment, type Deployment } from './deployment.js';
export { durationSeconds } from './duration.js';
export { withKeyFile } from './key-file.js';
export { requestIdFrom } from './request-id.js';
export { keyIdOfSecret, secretText } from './shared-secret.js';
export { catchHangUp } from './hang-up.js';
