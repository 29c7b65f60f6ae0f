namespace VideoGen.Silo.Outgoing;

/// <summary>
/// Checks the address of a request and of every redirect. It follows a limited number of redirects, and only for a request
/// without a body.
/// </summary>
internal sealed class GuardedHandler(OutgoingRules rules, int mostRedirects) : DelegatingHandler
{
    /// <exception cref="OutgoingRefusedException">The address, or the target of a redirect, is not allowed.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var hop = 0; ; hop++)
        {
            if (rules.Refuse(request.RequestUri) is { } refusal)
            {
                throw new OutgoingRefusedException(refusal);
            }

            var response = await CallAsync(request, cancellationToken);
            if (mostRedirects == 0 || request.Content is not null || NextOf(request, response) is not { } next)
            {
                return response;
            }

            response.Dispose();
            if (hop == mostRedirects)
            {
                throw new OutgoingRefusedException(OutgoingRefusal.Circle);
            }

            request.Headers.Authorization = null; // it was meant for the first host
            request.RequestUri = next;
        }
    }

    private async Task<HttpResponseMessage> CallAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException error) when (error.InnerException is OutgoingRefusedException refused)
        {
            throw new OutgoingRefusedException(refused.Refusal); // the inner handler wraps the connection's refusal
        }
    }

    private static Uri? NextOf(HttpRequestMessage request, HttpResponseMessage response) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } location
            && Uri.TryCreate(request.RequestUri!, location, out var next)
                ? next
                : null;
}
