namespace VideoGen.Silo.Backends.Models;

/// <summary>A backend that can say more about a model than what it takes, without rendering anything.</summary>
internal interface IModelCheck
{
    /// <summary>Lines for the operator about the model's name at this backend, and whether it can be used.</summary>
    Task<ModelCheckReport> CheckAsync(string? model, CancellationToken cancellationToken);
}

/// <summary>What a check found.</summary>
internal sealed record ModelCheckReport(bool IsUsable, IReadOnlyList<string> Lines);
