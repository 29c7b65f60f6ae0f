using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Http;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Idempotency;

namespace VideoGen.Api.Authentication;

/// <summary>
/// A request that creates something for free, with or without an idempotency key. With one, the same request creates one, however
/// often and wherever it arrives within 24 hours.
/// </summary>
internal static class KeyedCreation
{
    /// <summary>
    /// Creates under a new id, or reads what the key has created before; null when that was deleted. <paramref
    /// name="content"/> is what the request means.
    /// </summary>
    public static async Task<(T? Created, ProblemHttpResult? Problem)> RunAsync<T>(
        HttpContext context, IGrainFactory grains, string? key, string content,
        Func<string, Task<(T?, ProblemHttpResult?)>> create, Func<string, Task<T?>> read) where T : class
    {
        var id = Guid.CreateVersion7().ToString();    // chosen before the call, which may be repeated
        if (key is null)
        {
            return await create(id);
        }

        var keyed = grains.Grain<IIdempotencyGrain>($"{context.Caller().Owner}/{Hash(key)}");
        var reply = await keyed.ReserveAsync(Hash(content), id);
        switch (reply.Standing)
        {
            case KeyStatus.OtherBody:
                return (null, Problem.KeyReused());
            case KeyStatus.Replayed:
                context.Response.Headers["Idempotency-Replayed"] = "true";
                return (await read(reply.GenerationId!), null);
        }

        var (created, problem) = await create(reply.GenerationId!);
        if (created is not null)
        {
            await keyed.AcceptAsync();
        }

        return (created, problem);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
