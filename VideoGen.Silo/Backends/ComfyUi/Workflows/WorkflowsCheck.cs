using Microsoft.Extensions.Options;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Backends.ComfyUi.Workflows;

/// <summary>Fails the start when a workflow of the settings cannot be used.</summary>
internal sealed class WorkflowsCheck : IValidateOptions<ModelOptions>
{
    public ValidateOptionsResult Validate(string? name, ModelOptions options)
    {
        var problems = options.Models
            .Where(model => !string.IsNullOrWhiteSpace(model.Value.Workflow))
            .Select(model => ProblemWith(model.Key, model.Value.Workflow!)).OfType<string>().ToList();
        return problems.Count > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }

    private static string? ProblemWith(string model, string workflow)
    {
        try
        {
            WorkflowFiles.Load(workflow);
            return null;
        }
        catch (InvalidDataException exception)
        {
            return $"{ModelOptions.Section}:Models:{model}:Workflow is {workflow}, which cannot be used. {exception.Message}";
        }
    }
}
