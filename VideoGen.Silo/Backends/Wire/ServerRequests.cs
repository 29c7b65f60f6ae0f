using System.Net.Http.Headers;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Backends.Wire;

/// <summary>Requests to the server of an upstream, below its root and with its headers and token.</summary>
internal static class ServerRequests
{
    extension(Upstream upstream)
    {
        /// <summary>The token is sent to the address that the operator configured with it, over plain HTTP too.</summary>
        public AuthenticationHeaderValue? Authorization =>
            upstream.Tokens.Current is { } token ? new AuthenticationHeaderValue("Bearer", token.Value) : null;

        /// <summary>A request for a path that begins with a slash.</summary>
        public HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content = null)
        {
            var request = new HttpRequestMessage(method, upstream.Url!.AbsoluteUri.TrimEnd('/') + path) { Content = content };
            foreach (var (name, value) in upstream.Headers)
            {
                request.Headers.Remove(name);
                request.Headers.Add(name, value);
            }

            return request;
        }
    }
}
