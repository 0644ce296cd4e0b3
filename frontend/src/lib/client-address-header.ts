/** Where our own server writes the client's address, taken from the socket; a client's own is dropped. */
export const CLIENT_ADDRESS = 'x-client-ip';
