namespace VideoGen.Silo.Tests.Backends.Fuzz;

/// <summary>A network with one answer for everything, which keeps the last address that was called.</summary>
internal sealed class FuzzHttp : HttpMessageHandler
{
    public Func<HttpResponseMessage> Answer { get; set; } = () => new HttpResponseMessage();

    public Uri? Last { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Last = request.RequestUri;
        return Task.FromResult(Answer());
    }
}
