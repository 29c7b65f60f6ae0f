using System.Net.Sockets;
using System.Text;

namespace VideoGen.Testing;

/// <summary>Sends bytes that no well-behaved client would, and reads what comes back.</summary>
public sealed class RawHttpConnection : IDisposable
{
    private readonly TcpClient _client;
    private readonly StreamReader _reader;

    private RawHttpConnection(TcpClient client)
    {
        _client = client;
        _reader = new StreamReader(client.GetStream(), Encoding.ASCII);
    }

    public static async Task<RawHttpConnection> OpenAsync(Uri address)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        return new RawHttpConnection(client);
    }

    public async Task SendAsync(string text) => await _client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));

    /// <summary>The status line of the response.</summary>
    public async Task<string> StatusLineAsync() => await _reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) ?? "";

    /// <summary>Whatever comes until the server closes the connection.</summary>
    public async Task<string> ToEndAsync() => await _reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));

    public void Dispose() => _client.Dispose();
}
