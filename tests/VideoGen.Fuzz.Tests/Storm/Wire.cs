using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace VideoGen.Fuzz.Tests.Storm;

/// <summary>Sends bytes that no HTTP client would, and reads the first line of what comes back.</summary>
internal static class Wire
{
    private const string Host = "Host: localhost\r\n";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Requests that are none, each on a connection of its own.</summary>
    public static readonly string[] NoRequests =
    [
        "\r\n\r\n\r\nX\r\n\r\n", "GET\r\n\r\n", "GET /health\r\n\r\n", $"GET /health HTTP/1.9\r\n{Host}\r\n", $"GET /health HTTP/9\r\n{Host}\r\n",
        $"GET  /health HTTP/1.1\r\n{Host}\r\n", $"G\0T /health HTTP/1.1\r\n{Host}\r\n", "GET /health HTTP/1.1\r\n\r\n",
        $"GET /health HTTP/1.1\r\n{Host}Host: other\r\n\r\n", $"GET /\u0001 HTTP/1.1\r\n{Host}\r\n", $"GET /\u00FF HTTP/1.1\r\n{Host}\r\n",
        $"GET /health HTTP/1.1\r\n{Host}Name\r\n\r\n", $"GET /health HTTP/1.1\r\n{Host}A B: c\r\n\r\n", $"GET /health HTTP/1.1\r\n{Host}: c\r\n\r\n",
        $"GET /health HTTP/1.1\r\n{Host}A: a\0b\r\n\r\n", $"GET /health HTTP/1.1\r\n{Host}A: \u00FF\u00FE\r\n\r\n",
        $"POST /generate-video HTTP/1.1\r\n{Host}Content-Length: -1\r\n\r\n", $"POST /generate-video HTTP/1.1\r\n{Host}Content-Length: x\r\n\r\n",
        $"POST /generate-video HTTP/1.1\r\n{Host}Content-Length: 99999999999999999999\r\n\r\n",
        $"POST /generate-video HTTP/1.1\r\n{Host}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        $"POST /generate-video HTTP/1.1\r\n{Host}Transfer-Encoding: x\r\n\r\n", $"POST /generate-video HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        $"POST /generate-video HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
        $"POST /generate-video HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n",
        $"GET /{new string('a', 20_000)} HTTP/1.1\r\n{Host}\r\n", $"GET /health HTTP/1.1\r\n{Host}A: {new string('a', 70_000)}\r\n\r\n",
        $"GET /health HTTP/1.1\r\n{Host}{string.Concat(Enumerable.Range(0, 300).Select(number => $"A{number}: b\r\n"))}\r\n",
        "CONNECT localhost:1 HTTP/1.1\r\nHost: localhost:1\r\n\r\n", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00FC\u0003\u0003\r\n\r\n",
    ];

    /// <summary>The status; null when the connection was closed without one.</summary>
    public static async Task<int?> StatusAsync(Uri address, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        try
        {
            var line = await reader.ReadLineAsync().WaitAsync(Patience);
            return line is null ? null : int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;    // reset: the server has no more to say to this
        }
    }
}
