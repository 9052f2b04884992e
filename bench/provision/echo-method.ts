/** A call whose messages nobody reads. */
export const ECHO = {
  path: '/echo.Echo/Echo',
  ...{ requestStream: false, responseStream: false },
  ...{ requestSerialize: asItIs, requestDeserialize: asItIs, responseSerialize: asItIs, responseDeserialize: asItIs },
};

function asItIs(bytes: Buffer): Buffer {
  return bytes;
}
